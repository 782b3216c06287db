// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Index arithmetic that all kernels share.
//
// INDEX: int, or long where a tensor has 2^30 elements or more: the type of indices in a tensor.
//
// A tensor is an argument of two parts, the memory and the element at which it begins in it:
// operands of a plan lie in one large buffer.

typedef INDEX index_t;

#define IN(name) __global const float *restrict name, const ulong name##_at
#define OUT(name) __global float *restrict name, const ulong name##_at

// The work-item's number; the range is rounded up to whole groups, hence the test.
#define WORK_ITEM(i, count)                 \
  const index_t i = (index_t)get_global_id(0); \
  if (i >= (count)) return

// Where element i of an output is read in an operand. A nest of `rank` loops runs over the output:
// `nest` holds their counts, then for each operand how far it moves in a turn of each.
index_t nest_source(index_t i, __global const index_t *nest, int rank, int operand) {
  __global const index_t *step = nest + (1 + operand) * rank;
  index_t source = 0;
  for (int k = rank - 1; k > 0; k--) {
    source += i % nest[k] * step[k];
    i /= nest[k];
  }
  return source + i * step[0];
}
