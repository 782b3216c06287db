// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// One number for all elements along some axes; a thread a number.
//
// FUNCTION: reduce_sum, reduce_mean, reduce_max, reduce_min, reduce_sum_square or reduce_l2, each
//           of which has a value to start from, a way to join an element and an end.
//
// The nest `lines` gives the place of the first element, `elements` those of the others behind it.

#include "index.cu"

#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)

// Over nothing: sums are 0, the maximum is -inf, the minimum +inf. NaN wins.
#define reduce_sum_start 0.0f
#define reduce_mean_start 0.0f
#define reduce_max_start -INFINITE
#define reduce_min_start INFINITE
#define reduce_sum_square_start 0.0f
#define reduce_l2_start 0.0f

#define reduce_sum_join(a, x) ((a) + (x))
#define reduce_mean_join(a, x) ((a) + (x))
#define reduce_max_join(a, x) ((x) > (a) || (x) != (x) ? (x) : (a))
#define reduce_min_join(a, x) ((x) < (a) || (x) != (x) ? (x) : (a))
#define reduce_sum_square_join(a, x) ((a) + (x) * (x))
#define reduce_l2_join(a, x) ((a) + (x) * (x))

#define reduce_sum_end(a, n) (a)
#define reduce_mean_end(a, n) ((a) / (float)(n))
#define reduce_max_end(a, n) (a)
#define reduce_min_end(a, n) (a)
#define reduce_sum_square_end(a, n) (a)
#define reduce_l2_end(a, n) sqrtf(a)

extern "C" __global__ void reduce(IN(x), OUT(y), const index_t *__restrict__ lines,
                                  const int lines_rank, const index_t *__restrict__ elements,
                                  const int elements_rank, const index_t size,
                                  const index_t count) {
  WORK_ITEM(i, count);
  const float *line = x + nest_source(i, lines, lines_rank, 0);
  // The innermost loop without a division.
  const index_t run = elements[elements_rank - 1];
  const index_t step = elements[2 * elements_rank - 1];
  float result = JOIN(FUNCTION, _start);
  for (index_t k = 0; k < size; k += run) {
    const float *at = line + nest_source(k, elements, elements_rank, 0);
    for (index_t j = 0; j < run; j++) {
      const float value = at[j * step];
      result = JOIN(FUNCTION, _join)(result, value);
    }
  }
  y[i] = JOIN(FUNCTION, _end)(result, size);
}
