// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The maximum over each window; NaN wins, padding never does.

#include "index.cl"
#include "window.cl"

__kernel void max_pool(IN(x), OUT(y), __global const index_t *restrict window,
                       const index_t count) {
  WORK_ITEM(i, count);
  WINDOW_AT(i);
  __global const float *image = x + x_at + channel * IMAGE_H * IMAGE_W;
  float most = -INFINITY;
  for (index_t p = first_p; p < end_p; p++) {
    for (index_t q = first_q; q < end_q; q++) {
      const float value = image[TAP(p, q)];
      most = value > most || value != value ? value : most;
    }
  }
  y[y_at + i] = most;
}
