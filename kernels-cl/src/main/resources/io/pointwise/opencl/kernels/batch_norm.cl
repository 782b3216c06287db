// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// factor (x - mean) + shift, the three a channel of `inner` elements.

#include "index.cl"
#include "epilogue.cl"

__kernel void batch_norm(IN(x), OUT(y), __global const float *restrict factor,
                         __global const float *restrict mean, __global const float *restrict shift,
                         const index_t inner, const index_t channels,
                         const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  const index_t channel = i / inner % channels;
  const float value = factor[channel] * (x[x_at + i] - mean[channel]) + shift[channel];
  STORE(y, i, value);
}
