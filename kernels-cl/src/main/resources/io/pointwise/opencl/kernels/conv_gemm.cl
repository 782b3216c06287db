// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Convolution as a GEMM in registers. A work-item computes CHANNELS output channels of VECTORS * LANES
// neighbouring positions. Every tap of the window is a constant distance from a position, so the sum
// over input channels and taps is one over rows of a matrix that lies in memory as it is: nothing is
// gathered. A pointwise convolution has one tap and reads the input itself.
//
// CHANNELS: 1 to 16; more reuse of what is read, more registers.
// LANES: 1, 4, 8 or 16, the width of a vector; no more than there are positions.
// VECTORS: 1 to 8, LANES * VECTORS no more than there are positions; CHANNELS * VECTORS sums should
//          fit in registers.
// TILES_FIRST: 1 where neighbouring work-items share their weights, 0 where they share their input;
//              the larger of the two is then read once from far away.
// GAPS: 1 where rows of positions are longer than rows of the output, so that some positions are no
//       outputs; 0 where positions are the output's elements.
//
// The last tile of positions is moved back to end with them, so that no vector reaches over the end;
// what it computes a second time is not stored a second time.
//
// Weights come as [groups, blocks, ic/groups, taps, CHANNELS], zero where a group has no channel.

#include "index.cl"
#include "epilogue.cl"
#include "vectors.cl"

#define TILE (LANES * VECTORS)

__kernel void conv_gemm(IN(x), OUT(y), __global const float *restrict weights,
                        __global const float *restrict bias,
                        __global const index_t *restrict offsets, const index_t groups,
                        const index_t ic_per_group, const index_t oc_per_group, const index_t taps,
                        const index_t channel_size, const index_t positions, const index_t columns,
                        const index_t oh, const index_t ow, const index_t blocks,
                        const index_t tiles, const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
#if TILES_FIRST
  const index_t tile = i % tiles;
  const index_t block = i / tiles % blocks;
#else
  const index_t block = i % blocks;
  const index_t tile = i / blocks % tiles;
#endif
  const index_t group = i / blocks / tiles % groups;
  const index_t image = i / blocks / tiles / groups;
  const index_t start = min(tile * TILE, positions - TILE);

  __global const float *from =
      x + x_at + (image * groups + group) * ic_per_group * channel_size + start;
  __global const float *weight =
      weights + (group * blocks + block) * ic_per_group * taps * CHANNELS;
  VECTOR(LANES) sums[CHANNELS][VECTORS];
#pragma unroll
  for (int o = 0; o < CHANNELS; o++) {
#pragma unroll
    for (int v = 0; v < VECTORS; v++) sums[o][v] = (VECTOR(LANES))(0.0f);
  }
  for (index_t c = 0; c < ic_per_group; c++) {
    for (index_t t = 0; t < taps; t++) {
      __global const float *row = from + offsets[t];
      VECTOR(LANES) values[VECTORS];
#pragma unroll
      for (int v = 0; v < VECTORS; v++) values[v] = LOAD(LANES, row + v * LANES);
#pragma unroll
      for (int o = 0; o < CHANNELS; o++) {
        const VECTOR(LANES) w = (VECTOR(LANES))(weight[o]);
#pragma unroll
        for (int v = 0; v < VECTORS; v++) sums[o][v] += w * values[v];
      }
      weight += CHANNELS;
    }
    from += channel_size;
  }

  const index_t channels = min((index_t)CHANNELS, oc_per_group - block * CHANNELS);
  const index_t first = group * oc_per_group + block * CHANNELS;
  const int fresh = (int)(tile * TILE - start);
#pragma unroll
  for (int o = 0; o < CHANNELS; o++) {
    if (o < channels) {
      const index_t plane = (image * groups * oc_per_group + first + o) * oh * ow;
      const float b = bias[first + o];
#if !GAPS
      if (fresh == 0) {
#pragma unroll
        for (int v = 0; v < VECTORS; v++) {
          STORE_VECTOR(LANES, y, plane + start + v * LANES, sums[o][v] + b);
        }
        continue;
      }
#endif
      float values[TILE];
#pragma unroll
      for (int v = 0; v < VECTORS; v++) SAVE(LANES, sums[o][v] + b, values + v * LANES);
#if GAPS
      // Row by row: of each the columns that are outputs.
      index_t row = (start + fresh) / columns;
      index_t column = (start + fresh) % columns;
      for (int p = fresh; p < TILE;) {
        const int run = (int)min((index_t)(TILE - p), columns - column);
        const int outputs = (int)min((index_t)run, ow - column);
        const index_t to = plane + row * ow + column;
        for (int k = 0; k < outputs; k++) STORE(y, to + k, values[p + k]);
        p += run;
        row++;
        column = 0;
      }
#else
      for (int p = fresh; p < TILE; p++) STORE(y, plane + start + p, values[p]);
#endif
    }
  }
}
