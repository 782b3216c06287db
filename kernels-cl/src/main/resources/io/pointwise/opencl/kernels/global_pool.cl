// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Mean or maximum of each channel of `pixels` elements.
//
// MAX: 1 for the maximum, in which NaN wins; 0 for the mean.
// GROUP: see lines.cl.

#include "index.cl"
#include "lines.cl"

LINE_KERNEL global_pool(IN(x), OUT(y), const index_t pixels, const index_t count) {
  LANES_MEMORY;
  LINE(i, count);
  __global const float *channel = x + x_at + i * pixels;
#if MAX
  float most = -INFINITY;
  for (index_t j = LANE; j < pixels; j += GROUP) {
    const float value = channel[j];
    most = GREATER_OF(most, value);
  }
  JOIN_LANES(most, GREATER_OF);
  if (LANE == 0) y[y_at + i] = most;
#else
  float sum = 0.0f;
  index_t j = LANE;
#if GROUP == 1
  // Sixteen sums at a time: additions do not wait for each other.
  float16 sums = (float16)(0.0f);
  for (; j + 16 <= pixels; j += 16) sums += vload16(0, channel + j);
  float lanes[16];
  vstore16(sums, 0, lanes);
  for (int width = 8; width > 0; width /= 2) {
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  }
  sum = lanes[0];
#endif
  for (; j < pixels; j += GROUP) sum += channel[j];
  JOIN_LANES(sum, SUM_OF);
  if (LANE == 0) y[y_at + i] = sum / (float)pixels;
#endif
}
