// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Moves elements by steps that are the same all along a loop: transposing, slicing, repeating.

#include "index.cl"

__kernel void strided(IN(x), OUT(y), __global const index_t *restrict nest, const int rank,
                      const index_t first, const index_t count) {
  WORK_ITEM(i, count);
  y[y_at + i] = x[x_at + first + nest_source(i, nest, rank, 0)];
}
