// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Stands before every kernel source that the software NVRTC compiles: CUDA C++ for the host's compiler, as far as
// kernels of ours use it. Standard headers are as absent as they are for NVRTC, so what a kernel may name is here.
//
// __global__ and __shared__ are no macros; the software NVRTC rewrites them after preprocessing.

#pragma once

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;

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

// ---------------------------------------------------------------------------------------------- the driver's services

namespace software_cuda {

static ThreadState state;
static const Services *services;
static Range recent[6];

/** Ends the kernel. The driver does not come back from it. */
[[noreturn]] SOFTWARE_CUDA_UNCHECKED inline void fault(const Fault &what) {
  services->fault(what);
  __builtin_unreachable();
}

/** Finds the memory that an access goes to, and ends the kernel where there is none. */
SOFTWARE_CUDA_UNCHECKED __attribute__((noinline)) static void lookUp(unsigned long address, unsigned long bytes,
                                                                      bool write) {
  static unsigned oldest = 1;
  const Range range = services->rangeAround(address);
  if (range.bytes == 0 || address + bytes > range.begin + range.bytes) {
    fault({FaultKind::Address, address, bytes, write, nullptr, 0});
  }
  recent[oldest] = range;
  oldest = oldest + 1 == sizeof recent / sizeof *recent ? 1 : oldest + 1;
}

SOFTWARE_CUDA_UNCHECKED inline void check(unsigned long address, unsigned long bytes, bool write) {
  for (const Range &range : recent) {
    const unsigned long offset = address - range.begin;
    if (offset < range.bytes && bytes <= range.bytes - offset) return;
  }
  lookUp(address, bytes, write);
}

SOFTWARE_CUDA_UNCHECKED inline unsigned long long wait(WaitKind kind, unsigned mask, unsigned long long value,
                                                       unsigned source, int line) {
  return services->wait({kind, mask, value, source, line});
}

}  // namespace software_cuda

// The compiler calls these before each access, as -fsanitize=kernel-address asks for.
#define SOFTWARE_CUDA_CHECKS(bytes)                                                                  \
  extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_load##bytes##_noabort(unsigned long address) {      \
    software_cuda::check(address, bytes, false);                                                     \
  }                                                                                                  \
  extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_store##bytes##_noabort(unsigned long address) {     \
    software_cuda::check(address, bytes, true);                                                      \
  }
SOFTWARE_CUDA_CHECKS(1)
SOFTWARE_CUDA_CHECKS(2)
SOFTWARE_CUDA_CHECKS(4)
SOFTWARE_CUDA_CHECKS(8)
SOFTWARE_CUDA_CHECKS(16)
#undef SOFTWARE_CUDA_CHECKS

extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_loadN_noabort(unsigned long address, unsigned long bytes) {
  if (bytes > 0) software_cuda::check(address, bytes, false);
}

extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_storeN_noabort(unsigned long address, unsigned long bytes) {
  if (bytes > 0) software_cuda::check(address, bytes, true);
}

extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_handle_no_return() {}
extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_before_dynamic_init(const char *) {}
extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_after_dynamic_init() {}

// And these where -fsanitize=alignment, bounds and integer-divide-by-zero find something. The first word of what they
// get is the place in the source: file, line, column.
namespace software_cuda {
struct Place {
  const char *file;
  unsigned line;
  unsigned column;
};
}  // namespace software_cuda

extern "C" SOFTWARE_CUDA_UNCHECKED void __ubsan_handle_type_mismatch_v1(const software_cuda::Place *place,
                                                                        unsigned long address) {
  software_cuda::fault({software_cuda::FaultKind::Alignment, address, 0, false, nullptr, (int)place->line});
}

extern "C" SOFTWARE_CUDA_UNCHECKED void __ubsan_handle_out_of_bounds(const software_cuda::Place *place, unsigned long) {
  software_cuda::fault({software_cuda::FaultKind::SharedBounds, 0, 0, false, nullptr, (int)place->line});
}

extern "C" SOFTWARE_CUDA_UNCHECKED void __ubsan_handle_divrem_overflow(const software_cuda::Place *place, unsigned long,
                                                                       unsigned long) {
  software_cuda::fault({software_cuda::FaultKind::Division, 0, 0, false, nullptr, (int)place->line});
}

#define assert(condition)                                                                                         \
  ((condition) ? (void)0                                                                                          \
               : software_cuda::fault({software_cuda::FaultKind::Assertion, 0, 0, false, #condition, __LINE__}))

inline void __trap(int line = __builtin_LINE()) {
  software_cuda::fault({software_cuda::FaultKind::Trap, 0, 0, false, nullptr, line});
}

extern "C" int printf(const char *format, ...) noexcept;

// ------------------------------------------------------------------------------------------------------ vector types

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

// ------------------------------------------------------------------------------------------- barriers, votes, shuffles

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

// ------------------------------------------------------------------------------------------------------------ atomics

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

// --------------------------------------------------------------------------------------------------------- arithmetic

#define SOFTWARE_CUDA_UNARY(name)                            \
  extern "C" double name(double) noexcept;                   \
  extern "C" float name##f(float) noexcept;                  \
  inline float name(float value) { return name##f(value); }
SOFTWARE_CUDA_UNARY(sqrt)
SOFTWARE_CUDA_UNARY(cbrt)
SOFTWARE_CUDA_UNARY(exp)
SOFTWARE_CUDA_UNARY(exp2)
SOFTWARE_CUDA_UNARY(exp10)
SOFTWARE_CUDA_UNARY(expm1)
SOFTWARE_CUDA_UNARY(log)
SOFTWARE_CUDA_UNARY(log2)
SOFTWARE_CUDA_UNARY(log10)
SOFTWARE_CUDA_UNARY(log1p)
SOFTWARE_CUDA_UNARY(sin)
SOFTWARE_CUDA_UNARY(cos)
SOFTWARE_CUDA_UNARY(tan)
SOFTWARE_CUDA_UNARY(asin)
SOFTWARE_CUDA_UNARY(acos)
SOFTWARE_CUDA_UNARY(atan)
SOFTWARE_CUDA_UNARY(sinh)
SOFTWARE_CUDA_UNARY(cosh)
SOFTWARE_CUDA_UNARY(tanh)
SOFTWARE_CUDA_UNARY(asinh)
SOFTWARE_CUDA_UNARY(acosh)
SOFTWARE_CUDA_UNARY(atanh)
SOFTWARE_CUDA_UNARY(erf)
SOFTWARE_CUDA_UNARY(erfc)
SOFTWARE_CUDA_UNARY(tgamma)
SOFTWARE_CUDA_UNARY(lgamma)
SOFTWARE_CUDA_UNARY(fabs)
SOFTWARE_CUDA_UNARY(floor)
SOFTWARE_CUDA_UNARY(ceil)
SOFTWARE_CUDA_UNARY(trunc)
SOFTWARE_CUDA_UNARY(round)
SOFTWARE_CUDA_UNARY(rint)
SOFTWARE_CUDA_UNARY(nearbyint)
#undef SOFTWARE_CUDA_UNARY

#define SOFTWARE_CUDA_BINARY(name)                                       \
  extern "C" double name(double, double) noexcept;                       \
  extern "C" float name##f(float, float) noexcept;                       \
  inline float name(float a, float b) { return name##f(a, b); }
SOFTWARE_CUDA_BINARY(pow)
SOFTWARE_CUDA_BINARY(atan2)
SOFTWARE_CUDA_BINARY(fmod)
SOFTWARE_CUDA_BINARY(remainder)
SOFTWARE_CUDA_BINARY(fmin)
SOFTWARE_CUDA_BINARY(fmax)
SOFTWARE_CUDA_BINARY(fdim)
SOFTWARE_CUDA_BINARY(hypot)
SOFTWARE_CUDA_BINARY(copysign)
SOFTWARE_CUDA_BINARY(nextafter)
#undef SOFTWARE_CUDA_BINARY

extern "C" double fma(double, double, double) noexcept;
extern "C" float fmaf(float, float, float) noexcept;
inline float fma(float a, float b, float c) { return fmaf(a, b, c); }
extern "C" float ldexpf(float, int) noexcept;
extern "C" float frexpf(float, int *) noexcept;
extern "C" float modff(float, float *) noexcept;
extern "C" long lroundf(float) noexcept;
extern "C" long lrintf(float) noexcept;
extern "C" long long llroundf(float) noexcept;
extern "C" long long llrintf(float) noexcept;
extern "C" void sincosf(float, float *, float *) noexcept;
extern "C" void *memcpy(void *, const void *, size_t) noexcept;
extern "C" void *memset(void *, int, size_t) noexcept;

inline bool isnan(float value) { return __builtin_isnan(value); }
inline bool isnan(double value) { return __builtin_isnan(value); }
inline bool isinf(float value) { return __builtin_isinf(value); }
inline bool isinf(double value) { return __builtin_isinf(value); }
inline bool isfinite(float value) { return __builtin_isfinite(value); }
inline bool isfinite(double value) { return __builtin_isfinite(value); }
inline bool signbit(float value) { return __builtin_signbit(value); }
inline bool signbit(double value) { return __builtin_signbit(value); }

inline int abs(int value) { return value < 0 ? -value : value; }
inline long long abs(long long value) { return value < 0 ? -value : value; }
inline float abs(float value) { return fabsf(value); }
inline double abs(double value) { return fabs(value); }

// Of two floating-point numbers the one that is no NaN; of integers the usual.
template <class A, class B>
constexpr auto min(A a, B b) {
  using T = decltype(a + b);
  if constexpr (__is_same(T, float) || __is_same(T, double)) {
    return fmin((T)a, (T)b);
  } else {
    return (T)a < (T)b ? (T)a : (T)b;
  }
}

template <class A, class B>
constexpr auto max(A a, B b) {
  using T = decltype(a + b);
  if constexpr (__is_same(T, float) || __is_same(T, double)) {
    return fmax((T)a, (T)b);
  } else {
    return (T)a > (T)b ? (T)a : (T)b;
  }
}

inline float rsqrtf(float value) { return 1.0f / sqrtf(value); }
inline float rsqrt(float value) { return rsqrtf(value); }
inline double rsqrt(double value) { return 1.0 / sqrt(value); }
inline float saturatef_(float value) { return value > 0.0f ? (value < 1.0f ? value : 1.0f) : 0.0f; }
inline float __saturatef(float value) { return saturatef_(value); }

// The device's are less exact; what they may be off by is not simulated.
inline float __expf(float value) { return expf(value); }
inline float __exp10f(float value) { return exp10f(value); }
inline float __logf(float value) { return logf(value); }
inline float __log2f(float value) { return log2f(value); }
inline float __log10f(float value) { return log10f(value); }
inline float __sinf(float value) { return sinf(value); }
inline float __cosf(float value) { return cosf(value); }
inline float __tanf(float value) { return tanf(value); }
inline float __powf(float a, float b) { return powf(a, b); }
inline float __fdividef(float a, float b) { return a / b; }

inline float __fadd_rn(float a, float b) {
  volatile float sum = a + b;
  return sum;
}
inline float __fsub_rn(float a, float b) {
  volatile float difference = a - b;
  return difference;
}
inline float __fmul_rn(float a, float b) {
  volatile float product = a * b;
  return product;
}
inline float __fmaf_rn(float a, float b, float c) { return fmaf(a, b, c); }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __frcp_rn(float a) { return 1.0f / a; }
inline float __fsqrt_rn(float a) { return sqrtf(a); }
inline float __frsqrt_rn(float a) { return rsqrtf(a); }

namespace software_cuda {
template <class T, class F>
T bitsOf(F from) {
  static_assert(sizeof(T) == sizeof(F), "as many bits");
  T to;
  __builtin_memcpy(&to, &from, sizeof(T));
  return to;
}
}  // namespace software_cuda

inline int __float_as_int(float value) { return software_cuda::bitsOf<int>(value); }
inline unsigned __float_as_uint(float value) { return software_cuda::bitsOf<unsigned>(value); }
inline float __int_as_float(int bits) { return software_cuda::bitsOf<float>(bits); }
inline float __uint_as_float(unsigned bits) { return software_cuda::bitsOf<float>(bits); }
inline long long __double_as_longlong(double value) { return software_cuda::bitsOf<long long>(value); }
inline double __longlong_as_double(long long bits) { return software_cuda::bitsOf<double>(bits); }

// To integers a device converts with saturation, and NaN to 0.
inline int software_cuda_to_int(float value) {
  if (value != value) return 0;
  if (value >= 2147483648.0f) return 2147483647;
  if (value <= -2147483648.0f) return -2147483647 - 1;
  return (int)value;
}
inline int __float2int_rn(float value) { return software_cuda_to_int(rintf(value)); }
inline int __float2int_rz(float value) { return software_cuda_to_int(truncf(value)); }
inline int __float2int_rd(float value) { return software_cuda_to_int(floorf(value)); }
inline int __float2int_ru(float value) { return software_cuda_to_int(ceilf(value)); }
inline float __int2float_rn(int value) { return (float)value; }
inline float __uint2float_rn(unsigned value) { return (float)value; }

inline int __popc(unsigned value) { return __builtin_popcount(value); }
inline int __popcll(unsigned long long value) { return __builtin_popcountll(value); }
inline int __clz(int value) { return value == 0 ? 32 : __builtin_clz((unsigned)value); }
inline int __ffs(int value) { return __builtin_ffs(value); }
inline int __mul24(int a, int b) { return a * b; }
inline int __mulhi(int a, int b) { return (int)(((long long)a * b) >> 32); }
inline unsigned __umulhi(unsigned a, unsigned b) {
  return (unsigned)(((unsigned long long)a * b) >> 32);
}
inline long long clock64() { return 0; }

// ------------------------------------------------------------------------------------- how the driver calls a kernel

namespace software_cuda {

template <class T>
struct Plain {
  using Type = T;
};
template <class T>
struct Plain<const T> {
  using Type = T;
};

template <class... P>
struct Parameters {
  static constexpr unsigned count = sizeof...(P);
  static constexpr Parameter all[count + 1] = {{sizeof(P), alignof(P)}..., {0, 1}};
};

template <class F, F function>
struct Invoker;

template <class... P, void (*function)(P...)>
struct Invoker<void (*)(P...), function> {
  using Declared = Parameters<P...>;

  template <unsigned... index>
  struct Indices {};

  template <unsigned... index>
  SOFTWARE_CUDA_UNCHECKED static void call(void **arguments, Indices<index...>) {
    function(*static_cast<typename Plain<P>::Type *>(arguments[index])...);
  }

  SOFTWARE_CUDA_UNCHECKED static void run(void **arguments) {
    call(arguments, Indices<__integer_pack(sizeof...(P))...>());
  }
};

template <auto function>
constexpr Kernel kernel(const char *name, unsigned maxThreads) {
  using Its = Invoker<decltype(function), function>;
  return {name, Its::run, Its::Declared::all, Its::Declared::count, maxThreads};
}

}  // namespace software_cuda

// ------------------------------------------------------------------------------------------------------------- the end
