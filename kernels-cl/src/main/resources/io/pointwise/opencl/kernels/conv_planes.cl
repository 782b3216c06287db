// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Rearranges each channel for conv_gemm.cl: padded with zeros, and split by the remainders of row and
// column modulo the stride (`Planes.java`). A work-item writes one row of one plane.

#include "index.cl"

__kernel void conv_planes(IN(x), OUT(planes), __global const index_t *restrict row_phases,
                          __global const index_t *restrict column_phases, const index_t row_count,
                          const index_t column_count, const index_t image_h, const index_t image_w,
                          const index_t rows, const index_t columns, const index_t stride_h,
                          const index_t stride_w, const index_t pad_top, const index_t pad_left,
                          const index_t count) {
  WORK_ITEM(i, count);
  const index_t row = i % rows;
  const index_t plane = i / rows;
  const index_t phase = plane % (row_count * column_count);
  const index_t channel = plane / (row_count * column_count);
  const index_t h = row * stride_h + row_phases[phase / column_count] - pad_top;
  const index_t left = column_phases[phase % column_count] - pad_left;
  __global float *to = planes + planes_at + i * columns;
  if (h < 0 || h >= image_h) {
    for (index_t c = 0; c < columns; c++) to[c] = 0.0f;
    return;
  }
  __global const float *from = x + x_at + (channel * image_h + h) * image_w;
  // Columns before `first` and from `end` on are padding.
  const index_t first = left >= 0 ? 0 : min(columns, (-left + stride_w - 1) / stride_w);
  const index_t end =
      left >= image_w ? first : max(first, min(columns, (image_w - 1 - left) / stride_w + 1));
  for (index_t c = 0; c < first; c++) to[c] = 0.0f;
  if (stride_w == 1) {
    for (index_t c = first; c < end; c++) to[c] = from[left + c];
  } else {
    for (index_t c = first; c < end; c++) to[c] = from[left + c * stride_w];
  }
  for (index_t c = end; c < columns; c++) to[c] = 0.0f;
}
