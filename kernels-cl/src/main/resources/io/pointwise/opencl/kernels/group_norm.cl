// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// scale (x - mean) factor + shift: mean and factor a group of `size` elements, from
// group_statistics.cl; scale and shift a channel of `inner` elements.

#include "index.cl"

__kernel void group_norm(IN(x), IN(statistics), OUT(y), __global const float *restrict scale,
                         __global const float *restrict shift, const index_t size,
                         const index_t inner, const index_t channels, const index_t count) {
  WORK_ITEM(i, count);
  const index_t group = i / size;
  const index_t channel = i / inner % channels;
  const float mean = statistics[statistics_at + 2 * group];
  const float factor = statistics[statistics_at + 2 * group + 1];
  y[y_at + i] = scale[channel] * ((x[x_at + i] - mean) * factor) + shift[channel];
}
