// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Depthwise convolution: `per_channel` filters for each input channel; a thread an element.

#include "index.cu"
#include "bias.cu"
#include "epilogue.cu"
#include "window.cu"

extern "C" __global__ void depthwise(IN(x), OUT(y), IN(weights),
                                     BIAS_PARAMETER const index_t *__restrict__ window,
                                     const index_t oc, const index_t per_channel,
                                     const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  WINDOW_AT(i);
  const index_t o = channel % oc;
  const float *image = x + channel / per_channel * IMAGE_H * IMAGE_W;
  const float *filter = weights + o * KERNEL_H * KERNEL_W;
  float sum = BIAS_OF(o);
  for (index_t p = first_p; p < end_p; p++) {
    for (index_t q = first_q; q < end_q; q++) {
      sum += filter[p * KERNEL_W + q] * image[TAP(p, q)];
    }
  }
  STORE(y, i, sum);
}
