// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The transform of sums: the SIZE * SIZE sums of a tile become its TILE * TILE outputs. `m` is
// [SIZE * SIZE, channels, images, positions], positions in rows of `columns`, of which `tile_columns`
// are tiles. `TRANSFORM` is the matrix A transposed.

#include "index.cl"
#include "epilogue.cl"
#include "winograd.cl"

__kernel void winograd_output(IN(m), OUT(y), __global const float *restrict bias,
                              const index_t images, const index_t channels,
                              const index_t positions, const index_t columns,
                              const index_t tile_columns, const index_t oh, const index_t ow,
                              const index_t blocks, const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  const index_t image = i / blocks % images;
  const index_t channel = i / blocks / images;
  POSITIONS_AT(i % blocks, positions);
  const float transform[TILE][SIZE] = TRANSFORM;
  const index_t product_size = channels * images * positions;
  __global const float *from = m + m_at + (i / blocks) * positions + start;
  vector_t rows[TILE][SIZE];
#pragma unroll
  for (int c = 0; c < SIZE; c++) {
    vector_t column[SIZE];
#pragma unroll
    for (int h = 0; h < SIZE; h++) column[h] = LOAD(LANES, from + (h * SIZE + c) * product_size);
#pragma unroll
    for (int r = 0; r < TILE; r++) {
      vector_t sum = (vector_t)(0.0f);
#pragma unroll
      for (int h = 0; h < SIZE; h++) {
        if (transform[r][h] != 0.0f) sum += transform[r][h] * column[h];
      }
      rows[r][c] = sum;
    }
  }
  // By rows of outputs, so that a row is stored from left to right.
  float outputs[TILE][TILE][LANES];
#pragma unroll
  for (int r = 0; r < TILE; r++) {
#pragma unroll
    for (int c = 0; c < TILE; c++) {
      vector_t sum = (vector_t)(bias[channel]);
#pragma unroll
      for (int w = 0; w < SIZE; w++) {
        if (transform[c][w] != 0.0f) sum += transform[c][w] * rows[r][w];
      }
      SAVE(LANES, sum, outputs[r][c]);
    }
  }
  const index_t plane = (image * channels + channel) * oh * ow;
  index_t tile_row = (start + fresh) / columns;
  index_t tile_column = (start + fresh) % columns;
  for (int lane = fresh; lane < LANES; lane++) {
    if (tile_column < tile_columns) {
      const int height = (int)min((index_t)TILE, oh - tile_row * TILE);
      const int width = (int)min((index_t)TILE, ow - tile_column * TILE);
      for (int r = 0; r < height; r++) {
        const index_t to = plane + (tile_row * TILE + r) * ow + tile_column * TILE;
        for (int c = 0; c < width; c++) STORE(y, to + c, outputs[r][c][lane]);
      }
    }
    tile_column++;
    if (tile_column == columns) {
      tile_column = 0;
      tile_row++;
    }
  }
}
