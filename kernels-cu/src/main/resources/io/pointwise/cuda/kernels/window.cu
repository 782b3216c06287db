// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// A sliding window over an image, as a table; `Pooling.window` writes it in this order.

#define IMAGE_H window[0]
#define IMAGE_W window[1]
#define OUTPUT_H window[2]
#define OUTPUT_W window[3]
#define KERNEL_H window[4]
#define KERNEL_W window[5]
#define STRIDE_H window[6]
#define STRIDE_W window[7]
#define PAD_TOP window[8]
#define PAD_LEFT window[9]
#define PAD_BOTTOM window[10]
#define PAD_RIGHT window[11]
#define DILATION_H window[12]
#define DILATION_W window[13]

// How many of the taps at start, start + dilation, ... are less than limit.
__device__ inline index_t taps_before(index_t limit, index_t start, index_t dilation,
                                      index_t taps) {
  return limit <= start ? 0 : least(taps, (limit - start - 1) / dilation + 1);
}

// For output element i: its channel among all images' channels, the window's first row and column,
// and the taps [first_p, end_p) by [first_q, end_q) that lie in the image.
#define WINDOW_AT(i)                                                            \
  const index_t channel = (i) / OUTPUT_W / OUTPUT_H;                            \
  const index_t top = (i) / OUTPUT_W % OUTPUT_H * STRIDE_H - PAD_TOP;           \
  const index_t left = (i) % OUTPUT_W * STRIDE_W - PAD_LEFT;                    \
  const index_t first_p = taps_before(0, top, DILATION_H, KERNEL_H);            \
  const index_t end_p = taps_before(IMAGE_H, top, DILATION_H, KERNEL_H);        \
  const index_t first_q = taps_before(0, left, DILATION_W, KERNEL_W);           \
  const index_t end_q = taps_before(IMAGE_W, left, DILATION_W, KERNEL_W)

// Place of tap [p, q] in the image.
#define TAP(p, q) ((top + (p) * DILATION_H) * IMAGE_W + left + (q) * DILATION_W)
