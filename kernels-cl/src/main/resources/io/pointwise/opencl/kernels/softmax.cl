// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// exp(x) / sum exp(x) along lines of `size` elements `inner` apart, after taking off the maximum; a
// work-item a line.
//
// LOG: 1 for the logarithm of it, else 0.

#include "index.cl"

__kernel void softmax(IN(x), OUT(y), const index_t inner, const index_t size,
                      const index_t count) {
  WORK_ITEM(i, count);
  const index_t start = i / inner * size * inner + i % inner;
  __global const float *from = x + x_at + start;
  __global float *to = y + y_at + start;
  float most = -INFINITY;
  for (index_t j = 0; j < size; j++) {
    const float value = from[j * inner];
    most = value > most || value != value ? value : most;
  }
  float sum = 0.0f;
  for (index_t j = 0; j < size; j++) sum += exp(from[j * inner] - most);
#if LOG
  const float log_sum = log(sum);
  for (index_t j = 0; j < size; j++) to[j * inner] = (from[j * inner] - most) - log_sum;
#else
  for (index_t j = 0; j < size; j++) to[j * inner] = exp(from[j * inner] - most) / sum;
#endif
}
