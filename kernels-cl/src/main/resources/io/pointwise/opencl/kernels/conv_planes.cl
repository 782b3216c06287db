// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Rearranges each channel for conv_gemm.cl: padded with zeros, and split by the remainders of row and
// column modulo the stride (`Planes.java`). A work-item writes what becomes of one row of the image:
// a row of each plane whose rows have its remainder.

#include "index.cl"

__kernel void conv_planes(IN(x), OUT(planes), __global const index_t *restrict row_phases,
                          __global const index_t *restrict column_phases, const index_t row_count,
                          const index_t column_count, const index_t image_h, const index_t image_w,
                          const index_t rows, const index_t columns, const index_t stride_h,
                          const index_t stride_w, const index_t pad_top, const index_t pad_left,
                          const index_t count) {
  WORK_ITEM(i, count);
  const index_t row = i % rows;
  const index_t row_phase = i / rows % row_count;
  const index_t channel = i / rows / row_count;
  const index_t h = row * stride_h + row_phases[row_phase] - pad_top;
  const bool outside = h < 0 || h >= image_h;
  __global const float *from = x + x_at + (channel * image_h + (outside ? 0 : h)) * image_w;
  __global float *to = planes + planes_at + (i / rows * column_count * rows + row) * columns;
  for (index_t phase = 0; phase < column_count; phase++, to += rows * columns) {
    if (outside) {
      for (index_t c = 0; c < columns; c++) to[c] = 0.0f;
      continue;
    }
    const index_t left = column_phases[phase] - pad_left;
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
}
