// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The mean over each window; 0 where no tap counts.
//
// COUNT_PADDING: 1 where the divisor counts taps on the padding too, else 0.

#include "index.cu"
#include "window.cu"

extern "C" __global__ void average_pool(IN(x), OUT(y), const index_t *__restrict__ window,
                                        const index_t count) {
  WORK_ITEM(i, count);
  WINDOW_AT(i);
  const float *image = x + channel * IMAGE_H * IMAGE_W;
  float sum = 0.0f;
  for (index_t p = first_p; p < end_p; p++) {
    for (index_t q = first_q; q < end_q; q++) {
      sum += image[TAP(p, q)];
    }
  }
#if COUNT_PADDING
  const index_t divisor = taps_before(IMAGE_H + PAD_BOTTOM, top, DILATION_H, KERNEL_H) *
                          taps_before(IMAGE_W + PAD_RIGHT, left, DILATION_W, KERNEL_W);
#else
  const index_t divisor = (end_p - first_p) * (end_q - first_q);
#endif
  y[i] = divisor > 0 ? sum / (float)divisor : 0.0f;
}
