// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Moves elements by steps that are the same all along a loop: transposing, slicing, repeating.

#include "index.cu"

extern "C" __global__ void strided(IN(x), OUT(y), const index_t *__restrict__ nest, const int rank,
                                   const index_t first, const index_t count) {
  WORK_ITEM(i, count);
  y[i] = x[first + nest_source(i, nest, rank, 0)];
}
