// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Vector types, and what a thread knows of its place.

#pragma once

#define SOFTWARE_CUDA_VECTORS(type, scalar, align2, align4)                                    \
  struct type##1 {                                                                             \
    scalar x;                                                                                  \
  };                                                                                           \
  struct alignas(align2) type##2 {                                                             \
    scalar x, y;                                                                               \
  };                                                                                           \
  struct type##3 {                                                                             \
    scalar x, y, z;                                                                            \
  };                                                                                           \
  struct alignas(align4) type##4 {                                                             \
    scalar x, y, z, w;                                                                         \
  };                                                                                           \
  inline type##1 make_##type##1(scalar x) { return {x}; }                                      \
  inline type##2 make_##type##2(scalar x, scalar y) { return {x, y}; }                         \
  inline type##3 make_##type##3(scalar x, scalar y, scalar z) { return {x, y, z}; }            \
  inline type##4 make_##type##4(scalar x, scalar y, scalar z, scalar w) { return {x, y, z, w}; }
SOFTWARE_CUDA_VECTORS(char, signed char, 2, 4)
SOFTWARE_CUDA_VECTORS(uchar, unsigned char, 2, 4)
SOFTWARE_CUDA_VECTORS(short, short, 4, 8)
SOFTWARE_CUDA_VECTORS(ushort, unsigned short, 4, 8)
SOFTWARE_CUDA_VECTORS(int, int, 8, 16)
SOFTWARE_CUDA_VECTORS(uint, unsigned, 8, 16)
SOFTWARE_CUDA_VECTORS(float, float, 8, 16)
SOFTWARE_CUDA_VECTORS(longlong, long long, 16, 16)
SOFTWARE_CUDA_VECTORS(ulonglong, unsigned long long, 16, 16)
SOFTWARE_CUDA_VECTORS(double, double, 16, 16)
#undef SOFTWARE_CUDA_VECTORS

struct dim3 {
  unsigned x, y, z;
  constexpr dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};

#define threadIdx (software_cuda::state.thread)
#define blockIdx (software_cuda::state.block)
#define blockDim (software_cuda::state.blockSize)
#define gridDim (software_cuda::state.gridSize)

constexpr int warpSize = 32;
