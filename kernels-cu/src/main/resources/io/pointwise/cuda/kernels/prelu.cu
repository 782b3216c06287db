// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Leaky ReLU with learned slopes: one a channel, or a single one (channels = 1).

#include "index.cu"

extern "C" __global__ void prelu(IN(x), OUT(y), IN(slope), const index_t inner,
                                 const index_t channels, const index_t count) {
  WORK_ITEM(i, count);
  const float value = x[i];
  y[i] = value >= 0.0f ? value : slope[i / inner % channels] * value;
}
