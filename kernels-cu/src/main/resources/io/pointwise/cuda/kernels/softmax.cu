// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// exp(x) / sum exp(x) along lines of `size` elements `inner` apart, after taking off the maximum; a
// thread a line.
//
// LOG: 1 for the logarithm of it, else 0.

#include "index.cu"

extern "C" __global__ void softmax(IN(x), OUT(y), const index_t inner, const index_t size,
                                   const index_t count) {
  WORK_ITEM(i, count);
  const index_t start = i / inner * size * inner + i % inner;
  const float *from = x + start;
  float *to = y + start;
  float most = -INFINITE;
  for (index_t j = 0; j < size; j++) {
    const float value = from[j * inner];
    most = value > most || value != value ? value : most;
  }
  float sum = 0.0f;
  for (index_t j = 0; j < size; j++) sum += expf(from[j * inner] - most);
#if LOG
  const float log_sum = logf(sum);
  for (index_t j = 0; j < size; j++) to[j * inner] = (from[j * inner] - most) - log_sum;
#else
  for (index_t j = 0; j < size; j++) to[j * inner] = expf(from[j * inner] - most) / sum;
#endif
}
