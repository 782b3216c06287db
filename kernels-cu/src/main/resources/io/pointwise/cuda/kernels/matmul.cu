// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Products of stacked matrices, [m, k] by [k, n], wherever in memory they lie; a thread an element.

#include "index.cu"

extern "C" __global__ void matmul(IN(a), IN(b), OUT(y), const index_t *__restrict__ nest,
                                  const int rank, const index_t m, const index_t n, const index_t k,
                                  const index_t count) {
  WORK_ITEM(i, count);
  const index_t column = i % n;
  const index_t row = i / n % m;
  const index_t matrix = i / n / m;
  const float *left = a + (nest_source(matrix, nest, rank, 0) * m + row) * k;
  const float *right = b + nest_source(matrix, nest, rank, 1) * k * n + column;
  float sum = 0.0f;
  for (index_t j = 0; j < k; j++) sum += left[j] * right[j * n];
  y[i] = sum;
}
