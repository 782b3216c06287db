// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Depthwise convolution: `per_channel` filters for each input channel; a work-item an element.

#include "index.cl"
#include "epilogue.cl"
#include "window.cl"

__kernel void depthwise(IN(x), OUT(y), __global const float *restrict weights,
                        __global const float *restrict bias,
                        __global const index_t *restrict window, const index_t oc,
                        const index_t per_channel, const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  WINDOW_AT(i);
  const index_t o = channel % oc;
  __global const float *image = x + x_at + channel / per_channel * IMAGE_H * IMAGE_W;
  __global const float *filter = weights + o * KERNEL_H * KERNEL_W;
  float sum = bias[o];
  for (index_t p = first_p; p < end_p; p++) {
    for (index_t q = first_q; q < end_q; q++) {
      sum += filter[p * KERNEL_W + q] * image[TAP(p, q)];
    }
  }
  STORE(y, i, sum);
}
