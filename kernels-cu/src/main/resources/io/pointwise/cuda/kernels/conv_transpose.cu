// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Transposed convolution: each output element gathers the input elements whose windows it is in.
// The window's padding is what is cut off the output. Weights are [ic, oc/groups, kh, kw].

#include "index.cu"
#include "bias.cu"
#include "epilogue.cu"
#include "window.cu"

extern "C" __global__ void conv_transpose(IN(x), OUT(y), IN(weights),
                                          BIAS_PARAMETER const index_t *__restrict__ window,
                                          const index_t oc, const index_t oc_per_group,
                                          const index_t ic_per_group, const index_t ic,
                                          const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  const index_t column = i % OUTPUT_W;
  const index_t row = i / OUTPUT_W % OUTPUT_H;
  const index_t o = i / OUTPUT_W / OUTPUT_H % oc;
  const index_t image = i / OUTPUT_W / OUTPUT_H / oc;
  const index_t first_channel = o / oc_per_group * ic_per_group;
  const index_t taps = KERNEL_H * KERNEL_W;
  const float *from = x + (image * ic + first_channel) * IMAGE_H * IMAGE_W;
  const float *filter = weights + (first_channel * oc_per_group + o % oc_per_group) * taps;
  float sum = BIAS_OF(o);
  for (index_t p = 0; p < KERNEL_H; p++) {
    const index_t down = row + PAD_TOP - p * DILATION_H;
    if (down < 0 || down % STRIDE_H != 0 || down / STRIDE_H >= IMAGE_H) continue;
    for (index_t q = 0; q < KERNEL_W; q++) {
      const index_t right = column + PAD_LEFT - q * DILATION_W;
      if (right < 0 || right % STRIDE_W != 0 || right / STRIDE_W >= IMAGE_W) continue;
      const index_t at = down / STRIDE_H * IMAGE_W + right / STRIDE_W;
      const index_t tap = p * KERNEL_W + q;
      for (index_t c = 0; c < ic_per_group; c++) {
        sum += filter[c * oc_per_group * taps + tap] * from[c * IMAGE_H * IMAGE_W + at];
      }
    }
  }
  STORE(y, i, sum);
}
