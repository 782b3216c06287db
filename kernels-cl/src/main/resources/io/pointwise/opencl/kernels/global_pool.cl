// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Mean or maximum of each channel of `pixels` elements.
//
// MAX: 1 for the maximum, in which NaN wins; 0 for the mean.

#include "index.cl"

__kernel void global_pool(IN(x), OUT(y), const index_t pixels, const index_t count) {
  WORK_ITEM(i, count);
  __global const float *channel = x + x_at + i * pixels;
#if MAX
  float most = -INFINITY;
  for (index_t j = 0; j < pixels; j++) {
    const float value = channel[j];
    most = value > most || value != value ? value : most;
  }
  y[y_at + i] = most;
#else
  // Sixteen sums at a time: additions do not wait for each other.
  float16 sums = (float16)(0.0f);
  index_t j = 0;
  for (; j + 16 <= pixels; j += 16) sums += vload16(0, channel + j);
  float lanes[16];
  vstore16(sums, 0, lanes);
  for (int width = 8; width > 0; width /= 2) {
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  }
  float sum = lanes[0];
  for (; j < pixels; j++) sum += channel[j];
  y[y_at + i] = sum / (float)pixels;
#endif
}
