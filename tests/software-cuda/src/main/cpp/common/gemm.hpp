// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

#include "tf32.hpp"

namespace software_cuda {

/** A matrix seen through two strides, so that its transpose is the same numbers with the strides exchanged. */
struct MatrixView {
  const float *data;
  std::size_t rowStride;
  std::size_t columnStride;

  const float *at(std::size_t row, std::size_t column) const { return data + row * rowStride + column * columnStride; }
};

namespace gemm_detail {

typedef float Vector __attribute__((vector_size(32), aligned(4)));

constexpr std::size_t kLanes = sizeof(Vector) / sizeof(float);
constexpr std::size_t kTileRows = 2 * kLanes;
constexpr std::size_t kTileColumns = 6;
constexpr std::size_t kBlockRows = 8 * kTileRows;
constexpr std::size_t kBlockDepth = 256;

/** A block's tiles one after another, each depth by depth; rows or columns beyond the block are zeros. */
inline void pack(const MatrixView &m, bool byRows, std::size_t first, std::size_t count, std::size_t depthFirst,
                 std::size_t depth, std::size_t tile, bool tf32, float *packed) {
  for (std::size_t start = 0; start < count; start += tile) {
    const std::size_t filled = std::min(tile, count - start);
    for (std::size_t k = 0; k < depth; k++, packed += tile) {
      for (std::size_t i = 0; i < filled; i++) {
        const float value = byRows ? *m.at(first + start + i, depthFirst + k) : *m.at(depthFirst + k, first + start + i);
        packed[i] = tf32 ? asTf32(value) : value;
      }
      std::fill(packed + filled, packed + tile, 0.0f);
    }
  }
}

/** Adds alpha times the product of two packed tiles to a tile of c, which is column-major. */
inline void tile(std::size_t depth, const float *a, const float *b, float alpha, float *c, std::size_t ldc,
                 std::size_t rows, std::size_t columns) {
  Vector sums[kTileColumns][2] = {};
  for (std::size_t k = 0; k < depth; k++, a += kTileRows, b += kTileColumns) {
    Vector low;
    Vector high;
    std::memcpy(&low, a, sizeof low);
    std::memcpy(&high, a + kLanes, sizeof high);
    for (std::size_t j = 0; j < kTileColumns; j++) {
      sums[j][0] += low * b[j];
      sums[j][1] += high * b[j];
    }
  }
  for (std::size_t j = 0; j < columns; j++) {
    float column[kTileRows];
    std::memcpy(column, sums[j], sizeof column);
    for (std::size_t i = 0; i < rows; i++) c[i + j * ldc] += alpha * column[i];
  }
}

}  // namespace gemm_detail

/**
 * C = alpha A B + beta C for an m × k matrix A, a k × n matrix B and a column-major C. With beta 0, C is not read.
 * Sums are float32, in blocks of 256 along k; with tf32, A and B are taken as tensor cores take them.
 */
inline void gemm(std::size_t m, std::size_t n, std::size_t k, float alpha, const MatrixView &a, const MatrixView &b,
                 float beta, float *c, std::size_t ldc, bool tf32 = false) {
  using namespace gemm_detail;
  for (std::size_t j = 0; j < n; j++) {
    for (std::size_t i = 0; i < m; i++) c[i + j * ldc] = beta == 0.0f ? 0.0f : beta * c[i + j * ldc];
  }
  if (alpha == 0.0f) return;
  const std::size_t paddedColumns = (n + kTileColumns - 1) / kTileColumns * kTileColumns;
  std::vector<float> packedA(kBlockRows * kBlockDepth);
  std::vector<float> packedB(paddedColumns * std::min(k, kBlockDepth));
  for (std::size_t k0 = 0; k0 < k; k0 += kBlockDepth) {
    const std::size_t depth = std::min(kBlockDepth, k - k0);
    pack(b, false, 0, n, k0, depth, kTileColumns, tf32, packedB.data());
    for (std::size_t i0 = 0; i0 < m; i0 += kBlockRows) {
      const std::size_t rows = std::min(kBlockRows, m - i0);
      pack(a, true, i0, rows, k0, depth, kTileRows, tf32, packedA.data());
      for (std::size_t j = 0; j < n; j += kTileColumns) {
        for (std::size_t i = 0; i < rows; i += kTileRows) {
          tile(depth, &packedA[i * depth], &packedB[j * depth], alpha, c + i0 + i + j * ldc, ldc,
               std::min(kTileRows, rows - i), std::min(kTileColumns, n - j));
        }
      }
    }
  }
}

}  // namespace software_cuda
