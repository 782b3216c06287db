// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Puts one input in its place in the joined output: runs of `run` elements, `stride` apart.

#include "index.cl"

__kernel void concat(IN(x), OUT(y), const index_t run, const index_t stride, const index_t start,
                     const index_t count) {
  WORK_ITEM(i, count);
  y[y_at + i / run * stride + start + i % run] = x[x_at + i];
}
