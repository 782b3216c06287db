// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// What threads do together: barriers, votes, shuffles, atomic operations.

#pragma once

inline void __syncthreads(int line = __builtin_LINE()) {
  software_cuda::wait(software_cuda::WaitKind::BlockBarrier, 0, 0, 0, line);
}

inline int __syncthreads_count(int predicate, int line = __builtin_LINE()) {
  return (int)software_cuda::wait(software_cuda::WaitKind::BlockBarrier, 0, predicate != 0, 0, line);
}

inline int __syncthreads_or(int predicate, int line = __builtin_LINE()) {
  return __syncthreads_count(predicate, line) != 0;
}

inline int __syncthreads_and(int predicate, int line = __builtin_LINE()) {
  return __syncthreads_count(predicate == 0, line) == 0;
}

inline void __syncwarp(unsigned mask = 0xffffffff, int line = __builtin_LINE()) {
  software_cuda::wait(software_cuda::WaitKind::WarpBarrier, mask, 0, 0, line);
}

// One thread runs at a time and all see the same memory.
inline void __threadfence() {}
inline void __threadfence_block() {}
inline void __threadfence_system() {}

inline unsigned __ballot_sync(unsigned mask, int predicate, int line = __builtin_LINE()) {
  return (unsigned)software_cuda::wait(software_cuda::WaitKind::WarpVote, mask, predicate != 0, 0, line);
}

inline int __any_sync(unsigned mask, int predicate, int line = __builtin_LINE()) {
  return __ballot_sync(mask, predicate, line) != 0;
}

inline int __all_sync(unsigned mask, int predicate, int line = __builtin_LINE()) {
  return __ballot_sync(mask, predicate == 0, line) == 0;
}

namespace software_cuda {

inline unsigned lane() {
  return ((state.thread.z * state.blockSize.y + state.thread.y) * state.blockSize.x + state.thread.x) % 32;
}

template <class T>
T shuffle(unsigned mask, T value, unsigned source, int line) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8, "a shuffle moves 4 or 8 bytes");
  unsigned long long bits = 0;
  __builtin_memcpy(&bits, &value, sizeof(T));
  bits = wait(WaitKind::WarpShuffle, mask, bits, source, line);
  __builtin_memcpy(&value, &bits, sizeof(T));
  return value;
}

}  // namespace software_cuda

// Lanes exchange within segments of `width`; where the source would be in another, a lane keeps its own value.

template <class T>
T __shfl_sync(unsigned mask, T value, int source, int width = 32, int line = __builtin_LINE()) {
  const unsigned lane = software_cuda::lane();
  return software_cuda::shuffle(mask, value, lane / width * width + (unsigned)source % width, line);
}

template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = 32, int line = __builtin_LINE()) {
  const unsigned lane = software_cuda::lane();
  return software_cuda::shuffle(mask, value, lane % width < delta ? lane : lane - delta, line);
}

template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = 32, int line = __builtin_LINE()) {
  const unsigned lane = software_cuda::lane();
  return software_cuda::shuffle(mask, value, lane % width + delta >= (unsigned)width ? lane : lane + delta, line);
}

template <class T>
T __shfl_xor_sync(unsigned mask, T value, int laneMask, int width = 32, int line = __builtin_LINE()) {
  const unsigned lane = software_cuda::lane();
  const unsigned source = lane ^ (unsigned)laneMask;
  return software_cuda::shuffle(mask, value, source / width > lane / width ? lane : source, line);
}

// One thread runs at a time, so a read and a write with nothing between them are atomic.
#define SOFTWARE_CUDA_ATOMIC(name, type, expression) \
  inline type name(type *address, type value) {      \
    const type old = *address;                       \
    *address = expression;                           \
    return old;                                      \
  }
#define SOFTWARE_CUDA_ATOMIC_INTEGERS(name, expression)        \
  SOFTWARE_CUDA_ATOMIC(name, int, expression)                  \
  SOFTWARE_CUDA_ATOMIC(name, unsigned, expression)             \
  SOFTWARE_CUDA_ATOMIC(name, unsigned long long, expression)
SOFTWARE_CUDA_ATOMIC_INTEGERS(atomicAdd, old + value)
SOFTWARE_CUDA_ATOMIC(atomicAdd, float, old + value)
SOFTWARE_CUDA_ATOMIC(atomicAdd, double, old + value)
SOFTWARE_CUDA_ATOMIC(atomicSub, int, old - value)
SOFTWARE_CUDA_ATOMIC(atomicSub, unsigned, old - value)
SOFTWARE_CUDA_ATOMIC_INTEGERS(atomicExch, value)
SOFTWARE_CUDA_ATOMIC(atomicExch, float, value)
SOFTWARE_CUDA_ATOMIC_INTEGERS(atomicMin, old < value ? old : value)
SOFTWARE_CUDA_ATOMIC(atomicMin, long long, old < value ? old : value)
SOFTWARE_CUDA_ATOMIC_INTEGERS(atomicMax, old > value ? old : value)
SOFTWARE_CUDA_ATOMIC(atomicMax, long long, old > value ? old : value)
SOFTWARE_CUDA_ATOMIC_INTEGERS(atomicAnd, old & value)
SOFTWARE_CUDA_ATOMIC_INTEGERS(atomicOr, old | value)
SOFTWARE_CUDA_ATOMIC_INTEGERS(atomicXor, old ^ value)
#undef SOFTWARE_CUDA_ATOMIC_INTEGERS
#undef SOFTWARE_CUDA_ATOMIC

inline unsigned atomicInc(unsigned *address, unsigned limit) {
  const unsigned old = *address;
  *address = old >= limit ? 0 : old + 1;
  return old;
}

#define SOFTWARE_CUDA_CAS(type)                                        \
  inline type atomicCAS(type *address, type compare, type value) {     \
    const type old = *address;                                         \
    if (old == compare) *address = value;                              \
    return old;                                                        \
  }
SOFTWARE_CUDA_CAS(int)
SOFTWARE_CUDA_CAS(unsigned)
SOFTWARE_CUDA_CAS(unsigned long long)
#undef SOFTWARE_CUDA_CAS

template <class T>
T __ldg(const T *address) {
  return *address;
}
