// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Mean and 1 / standard deviation of each group of `size` elements, one after the other.

#include "index.cu"

extern "C" __global__ void group_statistics(IN(x), OUT(statistics), const index_t size,
                                            const float epsilon, const index_t count) {
  WORK_ITEM(i, count);
  const float *group = x + i * size;
  float sum = 0.0f;
  for (index_t j = 0; j < size; j++) sum += group[j];
  const float mean = sum / (float)size;
  float squares = 0.0f;
  for (index_t j = 0; j < size; j++) {
    const float centred = group[j] - mean;
    squares += centred * centred;
  }
  statistics[2 * i] = mean;
  statistics[2 * i + 1] = 1.0f / sqrtf(squares / (float)size + epsilon);
}
