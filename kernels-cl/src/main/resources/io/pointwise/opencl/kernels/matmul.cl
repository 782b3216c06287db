// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Products of stacked matrices, [m, k] by [k, n]; a work-item computes LANES neighbouring columns of
// one row. The last columns of a row may be computed twice, so that no vector reaches over its end;
// they are stored once.
//
// LANES: 1, or 4, 8, 16 where n is at least that.

#include "index.cl"
#include "vectors.cl"

__kernel void matmul(IN(a), IN(b), OUT(y), __global const index_t *restrict nest, const int rank,
                     const index_t m, const index_t n, const index_t k, const index_t count) {
  WORK_ITEM(i, count);
  const index_t blocks = (n + LANES - 1) / LANES;
  const index_t block = i % blocks;
  const index_t row = i / blocks % m;
  const index_t matrix = i / blocks / m;
  const index_t column = min(block * LANES, n - LANES);
  __global const float *left = a + a_at + (nest_source(matrix, nest, rank, 0) * m + row) * k;
  __global const float *right = b + b_at + nest_source(matrix, nest, rank, 1) * k * n + column;
  VECTOR(LANES) sum = (VECTOR(LANES))(0.0f);
  for (index_t j = 0; j < k; j++) sum += left[j] * LOAD(LANES, right + j * n);
  float lanes[LANES];
  SAVE(LANES, sum, lanes);
  __global float *to = y + y_at + (matrix * m + row) * n + column;
  for (int lane = (int)(block * LANES - column); lane < LANES; lane++) to[lane] = lanes[lane];
}
