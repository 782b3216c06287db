// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Convolution: each thread computes an element, over all channels of its group.
//
// BIAS: defined where a bias is added, one a channel.

#include "index.cu"
#include "bias.cu"
#include "epilogue.cu"
#include "window.cu"

extern "C" __global__ void conv(IN(x), OUT(y), IN(weights),
                                BIAS_PARAMETER const index_t *__restrict__ window, const index_t oc,
                                const index_t oc_per_group, const index_t ic_per_group,
                                const index_t ic, const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  WINDOW_AT(i);
  const index_t o = channel % oc;
  const index_t first = channel / oc * ic + o / oc_per_group * ic_per_group;
  const float *image = x + first * IMAGE_H * IMAGE_W;
  const float *filter = weights + o * ic_per_group * KERNEL_H * KERNEL_W;
  float sum = BIAS_OF(o);
  for (index_t c = 0; c < ic_per_group; c++) {
    for (index_t p = first_p; p < end_p; p++) {
      for (index_t q = first_q; q < end_q; q++) {
        sum += filter[p * KERNEL_W + q] * image[TAP(p, q)];
      }
    }
    image += IMAGE_H * IMAGE_W;
    filter += KERNEL_H * KERNEL_W;
  }
  STORE(y, i, sum);
}
