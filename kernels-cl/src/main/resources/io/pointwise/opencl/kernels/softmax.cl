// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// exp(x) / sum exp(x) along lines of `size` elements `inner` apart, after taking off the maximum.
//
// LOG: 1 for the logarithm of it, else 0.
// GROUP: see lines.cl.

#include "index.cl"
#include "lines.cl"

LINE_KERNEL softmax(IN(x), OUT(y), const index_t inner, const index_t size, const index_t count) {
  LANES_MEMORY;
  LINE(i, count);
  const index_t start = i / inner * size * inner + i % inner;
  __global const float *from = x + x_at + start;
  __global float *to = y + y_at + start;
  float most = -INFINITY;
  for (index_t j = LANE; j < size; j += GROUP) {
    const float value = from[j * inner];
    most = GREATER_OF(most, value);
  }
  JOIN_LANES(most, GREATER_OF);
  float sum = 0.0f;
  for (index_t j = LANE; j < size; j += GROUP) sum += exp(from[j * inner] - most);
  JOIN_LANES(sum, SUM_OF);
#if LOG
  const float log_sum = log(sum);
  for (index_t j = LANE; j < size; j += GROUP) to[j * inner] = (from[j * inner] - most) - log_sum;
#else
  for (index_t j = LANE; j < size; j += GROUP) to[j * inner] = exp(from[j * inner] - most) / sum;
#endif
}
