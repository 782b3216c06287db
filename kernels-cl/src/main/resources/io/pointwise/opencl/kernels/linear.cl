// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// y = x W + b for few rows; a work-item computes LANES neighbouring outputs of one row.
//
// LANES: 1, 4, 8 or 16. Weights come as [blocks, in, LANES], biases padded to whole blocks.

#include "index.cl"
#include "epilogue.cl"
#include "vectors.cl"

__kernel void linear(IN(x), OUT(y), __global const float *restrict weights,
                     __global const float *restrict bias, const index_t in, const index_t out,
                     const index_t blocks, const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  const index_t row = i / blocks;
  const index_t block = i % blocks;
  __global const float *from = x + x_at + row * in;
  __global const float *weight = weights + block * in * LANES;
  VECTOR(LANES) sum = LOAD(LANES, bias + block * LANES);
  for (index_t k = 0; k < in; k++) sum += from[k] * LOAD(LANES, weight + k * LANES);
  float lanes[LANES];
  SAVE(LANES, sum, lanes);
  for (int lane = 0; lane < LANES; lane++) {
    const index_t o = block * LANES + lane;
    if (o < out) STORE(y, row * out + o, lanes[lane]);
  }
}
