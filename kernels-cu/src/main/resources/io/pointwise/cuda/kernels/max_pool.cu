// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The maximum over each window; NaN wins, padding never does.

#include "index.cu"
#include "window.cu"

extern "C" __global__ void max_pool(IN(x), OUT(y), const index_t *__restrict__ window,
                                    const index_t count) {
  WORK_ITEM(i, count);
  WINDOW_AT(i);
  const float *image = x + channel * IMAGE_H * IMAGE_W;
  float most = -INFINITE;
  for (index_t p = first_p; p < end_p; p++) {
    for (index_t q = first_q; q < end_q; q++) {
      const float value = image[TAP(p, q)];
      most = value > most || value != value ? value : most;
    }
  }
  y[i] = most;
}
