// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Depthwise convolution with a horizontal stride of 1, in vectors along rows: `per_channel` filters
// for each input channel. A work-item computes ROWS neighbouring rows of one channel, so that what is
// read serves several of them. Columns whose window lies inside the image, `inner` to `inner_end`, are
// computed LANES at a time, the last of them moved back to end with the others; the few at the borders
// one by one. The last block of rows is moved back, too; rows of the block before are not stored again.
//
// LANES: 4, 8 or 16, the width of a vector.
// ROWS: 1 to 4, no more than there are.
// TAPS_H, TAPS_W: rows and columns of the window. With DOWN and STEP, the vertical stride and
//                 dilation, they are known, so that the loops are unrolled and which row of the image
//                 meets which row of the output costs nothing.

#include "index.cl"
#include "epilogue.cl"
#include "vectors.cl"
#include "window.cl"

// Rows of the image that the block reads.
#define SPAN ((ROWS - 1) * DOWN + (TAPS_H - 1) * STEP + 1)

// Sums of a vector of columns from c on. `inside(q)` tells whether tap q lies in the image.
#define SUMS(lanes, c, inside)                                                        \
  VECTOR(lanes) sums[ROWS];                                                           \
  _Pragma("unroll") for (int r = 0; r < ROWS; r++) sums[r] = (VECTOR(lanes))(b);      \
  _Pragma("unroll") for (int s = 0; s < SPAN; s++) {                                  \
    const index_t h = top + s;                                                        \
    if (h < 0 || h >= image_h) continue;                                              \
    __global const float *row = image + h * image_w + (c)-pad_left;                   \
    _Pragma("unroll") for (int q = 0; q < TAPS_W; q++) {                              \
      if (!inside(q)) continue;                                                       \
      const VECTOR(lanes) value = LOAD(lanes, row + q * dilation_w);                  \
      _Pragma("unroll") for (int r = 0; r < ROWS; r++) {                              \
        const int down = s - r * DOWN;                                                \
        if (down >= 0 && down % STEP == 0 && down / STEP < TAPS_H) {                  \
          sums[r] += filter[down / STEP * TAPS_W + q] * value;                        \
        }                                                                             \
      }                                                                               \
    }                                                                                 \
  }

#define ALWAYS(q) true
#define IN_ROW(q) (left + (q)*dilation_w >= 0 && left + (q)*dilation_w < image_w)

__kernel void depthwise_rows(IN(x), OUT(y), __global const float *restrict weights,
                             __global const float *restrict bias,
                             __global const index_t *restrict window, const index_t oc,
                             const index_t per_channel, const index_t inner,
                             const index_t inner_end, const index_t blocks,
                             const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  const index_t channel = i / blocks;
  const index_t block = i % blocks * ROWS;
  const index_t first = min(block, OUTPUT_H - ROWS);
  const index_t top = first * DOWN - PAD_TOP;
  const index_t image_h = IMAGE_H;
  const index_t image_w = IMAGE_W;
  const index_t output_w = OUTPUT_W;
  const index_t pad_left = PAD_LEFT;
  const index_t dilation_w = DILATION_W;
  const index_t o = channel % oc;
  const float b = bias[o];
  __global const float *image = x + x_at + channel / per_channel * image_h * image_w;
  float filter[TAPS_H * TAPS_W];
#pragma unroll
  for (int t = 0; t < TAPS_H * TAPS_W; t++) filter[t] = weights[o * TAPS_H * TAPS_W + t];
  const index_t to = (channel * OUTPUT_H + first) * output_w;
  const int fresh = (int)(block - first);

  for (index_t next = inner; next < inner_end; next += LANES) {
    const index_t c = min(next, inner_end - LANES);
    SUMS(LANES, c, ALWAYS);
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      if (r >= fresh) STORE_VECTOR(LANES, y, to + r * output_w + c, sums[r]);
    }
  }
  // The border: from 0 to inner, then from inner_end on.
  for (index_t c = inner == 0 ? inner_end : 0; c < output_w;
       c = c + 1 == inner ? inner_end : c + 1) {
    const index_t left = c - pad_left;
    SUMS(1, c, IN_ROW);
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      if (r >= fresh) STORE(y, to + r * output_w + c, sums[r]);
    }
  }
}
