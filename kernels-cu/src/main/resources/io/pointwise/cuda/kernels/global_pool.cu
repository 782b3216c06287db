// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Mean or maximum of each channel of `pixels` elements.
//
// MAX: 1 for the maximum, in which NaN wins; 0 for the mean.

#include "index.cu"

extern "C" __global__ void global_pool(IN(x), OUT(y), const index_t pixels, const index_t count) {
  WORK_ITEM(i, count);
  const float *channel = x + i * pixels;
#if MAX
  float most = -INFINITE;
  for (index_t j = 0; j < pixels; j++) {
    const float value = channel[j];
    most = value > most || value != value ? value : most;
  }
  y[i] = most;
#else
  float sum = 0.0f;
  for (index_t j = 0; j < pixels; j++) sum += channel[j];
  y[i] = sum / (float)pixels;
#endif
}
