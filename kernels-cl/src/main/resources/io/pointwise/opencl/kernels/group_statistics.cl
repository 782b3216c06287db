// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Mean and 1 / standard deviation of each group of `size` elements, one after the other.
//
// GROUP: see lines.cl; a line is a group of the normalisation.

#include "index.cl"
#include "lines.cl"

LINE_KERNEL group_statistics(IN(x), OUT(statistics), const index_t size, const float epsilon,
                             const index_t count) {
  LANES_MEMORY;
  LINE(i, count);
  __global const float *group = x + x_at + i * size;
  float sum = 0.0f;
  for (index_t j = LANE; j < size; j += GROUP) sum += group[j];
  JOIN_LANES(sum, SUM_OF);
  const float mean = sum / (float)size;
  float squares = 0.0f;
  for (index_t j = LANE; j < size; j += GROUP) {
    const float centred = group[j] - mean;
    squares += centred * centred;
  }
  JOIN_LANES(squares, SUM_OF);
  if (LANE == 0) {
    statistics[statistics_at + 2 * i] = mean;
    statistics[statistics_at + 2 * i + 1] = 1.0f / sqrt(squares / (float)size + epsilon);
  }
}
