// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Joins up to eight inputs along an axis: each thread writes an element of the joined output, whose
// runs of `length` elements lie `stride` apart from `start` on.
//
// INPUTS: 1 to 8, how many there are.
//
// `ends` holds, for each input, where in a run it ends.

#include "index.cu"

#define INPUTS_1 IN(x0)
#define INPUTS_2 INPUTS_1, IN(x1)
#define INPUTS_3 INPUTS_2, IN(x2)
#define INPUTS_4 INPUTS_3, IN(x3)
#define INPUTS_5 INPUTS_4, IN(x4)
#define INPUTS_6 INPUTS_5, IN(x5)
#define INPUTS_7 INPUTS_6, IN(x6)
#define INPUTS_8 INPUTS_7, IN(x7)
#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)

// Returns from the kernel with the element of input k, if place `at` of the run lies in it.
#define TRY(k, begin)                                                        \
  if (at < ends[k]) {                                                        \
    const index_t size = ends[k] - (begin);                                  \
    y[run * stride + start + at] = x##k[run * size + at - (begin)];          \
    return;                                                                  \
  }

extern "C" __global__ void concat(JOIN(INPUTS_, INPUTS), OUT(y), const index_t *__restrict__ ends,
                                  const index_t length, const index_t stride, const index_t start,
                                  const index_t count) {
  WORK_ITEM(i, count);
  const index_t run = i / length;
  const index_t at = i % length;
  TRY(0, 0)
#if INPUTS > 1
  TRY(1, ends[0])
#endif
#if INPUTS > 2
  TRY(2, ends[1])
#endif
#if INPUTS > 3
  TRY(3, ends[2])
#endif
#if INPUTS > 4
  TRY(4, ends[3])
#endif
#if INPUTS > 5
  TRY(5, ends[4])
#endif
#if INPUTS > 6
  TRY(6, ends[5])
#endif
#if INPUTS > 7
  TRY(7, ends[6])
#endif
}
