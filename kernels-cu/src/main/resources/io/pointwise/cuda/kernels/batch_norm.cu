// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// factor (x - mean) + shift, the three a channel of `inner` elements.

#include "index.cu"
#include "epilogue.cu"

extern "C" __global__ void batch_norm(IN(x), OUT(y), IN(factor), IN(mean), IN(shift),
                                      const index_t inner, const index_t channels,
                                      const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  const index_t channel = i / inner % channels;
  const float value = factor[channel] * (x[i] - mean[channel]) + shift[channel];
  STORE(y, i, value);
}
