// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// x / (k + weight * sum of squares)^beta, the sum over `before` channels before and `after` behind.

#include "index.cu"

extern "C" __global__ void local_response_norm(IN(x), OUT(y), const index_t pixels,
                                               const index_t channels, const index_t before,
                                               const index_t after, const float weight,
                                               const float beta, const float k,
                                               const index_t count) {
  WORK_ITEM(i, count);
  const index_t channel = i / pixels % channels;
  const index_t first = channel > before ? -before : -channel;
  const index_t last = channels - 1 - channel > after ? after : channels - 1 - channel;
  float squares = 0.0f;
  for (index_t c = first; c <= last; c++) {
    const float value = x[i + c * pixels];
    squares += value * value;
  }
  y[i] = x[i] * powf(k + weight * squares, -beta);
}
