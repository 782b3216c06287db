// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Images of [ih, iw] into frames of [oh, ow], which begin `top` rows and `left` columns before the
// image: zeros where a frame is larger, cut where it is smaller.

#include "index.cu"

extern "C" __global__ void frame(IN(x), OUT(y), const index_t ih, const index_t iw,
                                 const index_t oh, const index_t ow, const index_t top,
                                 const index_t left, const index_t count) {
  WORK_ITEM(i, count);
  const index_t column = i % ow - left;
  const index_t row = i / ow % oh - top;
  const index_t image = i / ow / oh;
  const bool inside = row >= 0 && row < ih && column >= 0 && column < iw;
  y[i] = inside ? x[(image * ih + row) * iw + column] : 0.0f;
}
