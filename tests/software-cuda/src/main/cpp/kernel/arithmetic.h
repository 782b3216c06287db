// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Mathematical functions, with the overloads and intrinsics that CUDA C++ has.

#pragma once

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
