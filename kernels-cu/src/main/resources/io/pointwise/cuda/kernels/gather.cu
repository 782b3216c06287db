// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Picks slices of `inner` elements along an axis of `size`, by `picked` indices.

#include "index.cu"
#include "gathered_index.cu"

extern "C" __global__ void gather(IN(x), IN(indices), OUT(y), const index_t inner,
                                  const index_t picked, const index_t size, const index_t count) {
  WORK_ITEM(i, count);
  const index_t slice = i / inner;
  const index_t at = gathered_index(indices[slice % picked], size);
  y[i] = at < 0 ? NOT_A_NUMBER : x[(slice / picked * size + at) * inner + i % inner];
}
