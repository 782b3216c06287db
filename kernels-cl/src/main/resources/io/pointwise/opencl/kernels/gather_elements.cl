// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Picks one element along an axis of `size` for each index. The nest gives the place of the first
// element along the axis.

#include "index.cl"
#include "gathered_index.cl"

__kernel void gather_elements(IN(x), IN(indices), OUT(y), __global const index_t *restrict nest,
                              const int rank, const index_t inner, const index_t size,
                              const index_t count) {
  WORK_ITEM(i, count);
  const index_t at = gathered_index(indices[indices_at + i], size);
  y[y_at + i] = at < 0 ? (float)NAN : x[x_at + nest_source(i, nest, rank, 0) + at * inner];
}
