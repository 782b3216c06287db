// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// scale (x - mean) factor + shift: mean and factor a group of `size` elements, from
// group_statistics.cu; scale and shift a channel of `inner` elements.

#include "index.cu"

extern "C" __global__ void group_norm(IN(x), IN(statistics), OUT(y), IN(scale), IN(shift),
                                      const index_t size, const index_t inner,
                                      const index_t channels, const index_t count) {
  WORK_ITEM(i, count);
  const index_t group = i / size;
  const index_t channel = i / inner % channels;
  const float mean = statistics[2 * group];
  const float factor = statistics[2 * group + 1];
  y[i] = scale[channel] * ((x[i] - mean) * factor) + shift[channel];
}
