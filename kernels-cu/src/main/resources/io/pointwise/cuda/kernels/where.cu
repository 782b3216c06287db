// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Chooses between two operands where a condition is not 0; a condition that is NaN gives NaN.

#include "index.cu"

extern "C" __global__ void where(IN(condition), IN(a), IN(b), OUT(y),
                                 const index_t *__restrict__ nest, const int rank,
                                 const index_t count) {
  WORK_ITEM(i, count);
  const float c = condition[nest_source(i, nest, rank, 0)];
  const float chosen = c != 0.0f ? a[nest_source(i, nest, rank, 1)]
                                 : b[nest_source(i, nest, rank, 2)];
  y[i] = c != c ? c : chosen;
}
