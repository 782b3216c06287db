// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The transform of inputs: each tile of each channel becomes SIZE * SIZE values, each of which is one
// input of a GEMM of its own: `v` is [SIZE * SIZE, channels, images, positions]. The input comes as
// planes, in which element [h, w] of a tile is a constant distance from the tile's position.
// `TRANSFORM` is the matrix B transposed.

#include "index.cl"
#include "winograd.cl"

__kernel void winograd_input(IN(planes), OUT(v), __global const index_t *restrict offsets,
                             const index_t images, const index_t channels,
                             const index_t channel_size, const index_t positions,
                             const index_t blocks, const index_t count) {
  WORK_ITEM(i, count);
  const index_t channel = i / blocks % channels;
  const index_t image = i / blocks / channels;
  POSITIONS_AT(i % blocks, positions);
  const float transform[SIZE][SIZE] = TRANSFORM;
  __global const float *from = planes + planes_at + (i / blocks) * channel_size + start;
  vector_t rows[SIZE][SIZE];
#pragma unroll
  for (int w = 0; w < SIZE; w++) {
    vector_t column[SIZE];
#pragma unroll
    for (int h = 0; h < SIZE; h++) column[h] = LOAD(LANES, from + offsets[h * SIZE + w]);
#pragma unroll
    for (int r = 0; r < SIZE; r++) {
      vector_t sum = (vector_t)(0.0f);
#pragma unroll
      for (int h = 0; h < SIZE; h++) {
        if (transform[r][h] != 0.0f) sum += transform[r][h] * column[h];
      }
      rows[r][w] = sum;
    }
  }
  const index_t product_size = channels * images * positions;
  __global float *to = v + v_at + (channel * images + image) * positions + start;
#pragma unroll
  for (int r = 0; r < SIZE; r++) {
#pragma unroll
    for (int c = 0; c < SIZE; c++) {
      vector_t sum = (vector_t)(0.0f);
#pragma unroll
      for (int w = 0; w < SIZE; w++) {
        if (transform[c][w] != 0.0f) sum += transform[c][w] * rows[r][w];
      }
      __global float *product = to + (r * SIZE + c) * product_size;
#if LANES == 1
      SAVE(LANES, sum, product);
#else
      if (fresh == 0) {
        SAVE(LANES, sum, product);
      } else {
        float values[LANES];
        SAVE(LANES, sum, values);
        for (int lane = fresh; lane < LANES; lane++) product[lane] = values[lane];
      }
#endif
    }
  }
}
