// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Picks one element along an axis of `size` for each index. The nest gives the place of the first
// element along the axis.

#include "index.cu"
#include "gathered_index.cu"

extern "C" __global__ void gather_elements(IN(x), IN(indices), OUT(y),
                                           const index_t *__restrict__ nest, const int rank,
                                           const index_t inner, const index_t size,
                                           const index_t count) {
  WORK_ITEM(i, count);
  const index_t at = gathered_index(indices[i], size);
  y[i] = at < 0 ? NOT_A_NUMBER : x[nest_source(i, nest, rank, 0) + at * inner];
}
