// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Where the maximum of each window is: the first one's position in the whole input, -1 for a window
// wholly in the padding.
//
// COLUMN_MAJOR: 1 where rows count faster than columns, else 0.

#include "index.cu"
#include "window.cu"

extern "C" __global__ void max_pool_indices(IN(x), OUT(y), const index_t *__restrict__ window,
                                            const index_t count) {
  WORK_ITEM(i, count);
  WINDOW_AT(i);
  const index_t plane = channel * IMAGE_H * IMAGE_W;
  const float *image = x + plane;
  index_t found = -1;
  float most = 0.0f;
  for (index_t p = first_p; p < end_p; p++) {
    for (index_t q = first_q; q < end_q; q++) {
      const float value = image[TAP(p, q)];
      if (found < 0 || value > most || (value != value && most == most)) {
        most = value;
        found = TAP(p, q);
      }
    }
  }
#if COLUMN_MAJOR
  const index_t position = plane + found % IMAGE_W * IMAGE_H + found / IMAGE_W;
#else
  const index_t position = plane + found;
#endif
  y[i] = found < 0 ? -1.0f : (float)position;
}
