// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Chooses between two operands where a condition is not 0; a condition that is NaN gives NaN.

#include "index.cl"

__kernel void where(IN(condition), IN(a), IN(b), OUT(y), __global const index_t *restrict nest,
                    const int rank, const index_t count) {
  WORK_ITEM(i, count);
  const float c = condition[condition_at + nest_source(i, nest, rank, 0)];
  const float chosen = c != 0.0f ? a[a_at + nest_source(i, nest, rank, 1)]
                                 : b[b_at + nest_source(i, nest, rank, 2)];
  y[y_at + i] = c != c ? c : chosen;
}
