// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Index arithmetic that all kernels share.
//
// INDEX: int, or long where a tensor has 2^30 elements or more: the type of indices in a tensor.

typedef INDEX index_t;

#define IN(name) const float *__restrict__ name
#define OUT(name) float *__restrict__ name

// The thread's number; the range is rounded up to whole blocks, hence the test.
#define WORK_ITEM(i, count)                                                  \
  const index_t i = (index_t)blockIdx.x * (index_t)blockDim.x + threadIdx.x; \
  if (i >= (count)) return

#define IS_NAN(x) ((x) != (x))
#define INFINITE (__int_as_float(0x7f800000))
#define NOT_A_NUMBER (__int_as_float(0x7fc00000))

// Where element i of an output is read in an operand. A nest of `rank` loops runs over the output:
// `nest` holds their counts, then for each operand how far it moves in a turn of each.
__device__ inline index_t nest_source(index_t i, const index_t *__restrict__ nest, int rank,
                                      int operand) {
  const index_t *step = nest + (1 + operand) * rank;
  index_t source = 0;
  for (int k = rank - 1; k > 0; k--) {
    source += i % nest[k] * step[k];
    i /= nest[k];
  }
  return source + i * step[0];
}

__device__ inline index_t least(index_t a, index_t b) { return a < b ? a : b; }
