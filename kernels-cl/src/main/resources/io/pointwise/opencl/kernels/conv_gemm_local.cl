// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Convolution as a GEMM through local memory, for GPUs. A work-group of SIDE * SIDE work-items computes
// SIDE * EACH output channels of SIDE * EACH neighbouring outputs. The sum over input channels and taps
// goes in steps of DEPTH: the group puts DEPTH rows of weights and of inputs into local memory, each
// work-item a few, then each work-item multiplies EACH weights with EACH inputs, all of which it reads
// from there. Which element of the input a row needs is found while it is read: nothing is rearranged
// before.
//
// SIDE: 8 or 16; SIDE * SIDE work-items in a group.
// EACH: outputs of a work-item along each dimension; EACH * EACH sums should fit in registers.
// DEPTH: rows in local memory at a time; DEPTH * SIDE * EACH is a multiple of SIDE * SIDE.
// POINTWISE: 1 for 1x1 windows of stride 1 without padding, where outputs lie as inputs do; else 0.
//
// Weights come as [groups, blocks, ic/groups, taps, SIDE * EACH], zero where a group has no channel.

#include "index.cl"
#include "epilogue.cl"
#include "window.cl"

#define TILE (SIDE * EACH)
#define ITEMS (SIDE * SIDE)
// Elements of either operand that a work-item puts into local memory in a step.
#define LOADS (DEPTH * TILE / ITEMS)

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void conv_gemm_local(
    IN(x), OUT(y), __global const float *restrict weights, __global const float *restrict bias,
    __global const index_t *restrict window, const index_t groups, const index_t ic_per_group,
    const index_t oc_per_group, const index_t blocks, const index_t tiles EPILOGUE_PARAMETERS) {
  __local float w_rows[DEPTH][TILE];
  __local float x_rows[DEPTH][TILE];
  const int item = (int)get_local_id(0);
  const int across = item % SIDE;
  const int down = item / SIDE;
  const index_t all = (index_t)get_group_id(0);
  const index_t tile = all % tiles;
  const index_t block = all / tiles % blocks;
  const index_t group = all / tiles / blocks % groups;
  const index_t image = all / tiles / blocks / groups;
  const index_t taps = KERNEL_H * KERNEL_W;
  const index_t reduction = ic_per_group * taps;
  const index_t positions = OUTPUT_H * OUTPUT_W;
  const index_t image_h = IMAGE_H;
  const index_t image_w = IMAGE_W;
  __global const float *from =
      x + x_at + (image * groups + group) * ic_per_group * image_h * image_w;
  __global const float *w_from = weights + (group * blocks + block) * reduction * TILE;

  // The column of the tile that this work-item reads, the same in each of its rows.
  const int column = item % TILE;
  const index_t position = tile * TILE + column;
  const index_t top = position / OUTPUT_W * STRIDE_H - PAD_TOP;
  const index_t left = position % OUTPUT_W * STRIDE_W - PAD_LEFT;

  float sums[EACH][EACH];
#pragma unroll
  for (int o = 0; o < EACH; o++) {
#pragma unroll
    for (int p = 0; p < EACH; p++) sums[o][p] = 0.0f;
  }
  for (index_t first = 0; first < reduction; first += DEPTH) {
#pragma unroll
    for (int load = 0; load < LOADS; load++) {
      const int at = item + load * ITEMS;
      const int row = at / TILE;
      const index_t k = first + row;
      // Rows behind the last are zero in both, so that nothing of them is added.
      w_rows[row][column] = k < reduction ? w_from[k * TILE + column] : 0.0f;
      float value = 0.0f;
      if (k < reduction && position < positions) {
#if POINTWISE
        value = from[k * positions + position];
#else
        const index_t channel = k / taps;
        const index_t h = top + k % taps / KERNEL_W * DILATION_H;
        const index_t w = left + k % KERNEL_W * DILATION_W;
        if (h >= 0 && h < image_h && w >= 0 && w < image_w) {
          value = from[(channel * image_h + h) * image_w + w];
        }
#endif
      }
      x_rows[row][column] = value;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
#pragma unroll
    for (int row = 0; row < DEPTH; row++) {
      float w_values[EACH];
      float x_values[EACH];
#pragma unroll
      for (int o = 0; o < EACH; o++) w_values[o] = w_rows[row][down + o * SIDE];
#pragma unroll
      for (int p = 0; p < EACH; p++) x_values[p] = x_rows[row][across + p * SIDE];
#pragma unroll
      for (int o = 0; o < EACH; o++) {
#pragma unroll
        for (int p = 0; p < EACH; p++) sums[o][p] += w_values[o] * x_values[p];
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }

#pragma unroll
  for (int o = 0; o < EACH; o++) {
    const index_t in_group = block * TILE + down + o * SIDE;
    if (in_group < oc_per_group) {
      const index_t channel = group * oc_per_group + in_group;
      const index_t plane = (image * groups * oc_per_group + channel) * positions;
      const float b = bias[channel];
#pragma unroll
      for (int p = 0; p < EACH; p++) {
        const index_t to = tile * TILE + across + p * SIDE;
        if (to < positions) STORE(y, plane + to, sums[o][p] + b);
      }
    }
  }
}
