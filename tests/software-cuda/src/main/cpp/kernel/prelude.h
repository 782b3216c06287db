// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Begins what stands before every kernel source that the software NVRTC compiles: CUDA C++ for the host's compiler, as
// far as kernels of ours use it. Standard headers are as absent as they are for NVRTC, so what a kernel may name is in
// this file and those that follow it: checks.h, types.h, cooperation.h, arithmetic.h, invocation.h.
//
// __global__ and __shared__ are no macros; the software NVRTC rewrites them after preprocessing.

#pragma once

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;

#define __device__
#define __host__
#define __constant__
#define __managed__
#define __forceinline__ inline __attribute__((always_inline))
#define __noinline__ __attribute__((noinline))
#define __restrict__ __restrict
#define __align__(bytes) __attribute__((aligned(bytes)))
#define __grid_constant__
#define __builtin_align__(bytes) __attribute__((aligned(bytes)))

#define SOFTWARE_CUDA_UNCHECKED __attribute__((no_sanitize("kernel-address", "undefined")))
