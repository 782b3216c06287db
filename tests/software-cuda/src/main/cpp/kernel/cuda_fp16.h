// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The storage format float16 and its conversions; kernels of ours compute in float32.

#pragma once

struct alignas(2) __half {
  unsigned short bits;
};
typedef __half half;

/** To the nearest, ties to even; too large becomes infinite. */
inline __half __float2half(float value) {
  const unsigned bits = __float_as_uint(value);
  const unsigned sign = bits >> 16 & 0x8000;
  const unsigned magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return {(unsigned short)(sign | 0x7fff)};
  // 65520 is half way between the largest float16 and the next power of two.
  if (magnitude >= 0x477ff000) return {(unsigned short)(sign | 0x7c00)};
  if (magnitude < 0x38800000) {
    // Subnormal: in units of 2^-24, which rintf rounds as wanted.
    return {(unsigned short)(sign | (unsigned)rintf(__uint_as_float(magnitude) * 16777216.0f))};
  }
  const unsigned rounded = magnitude + 0xfff + (magnitude >> 13 & 1);
  return {(unsigned short)(sign | (rounded - 0x38000000) >> 13)};
}

inline __half __float2half_rn(float value) { return __float2half(value); }

inline float __half2float(__half value) {
  const unsigned sign = (unsigned)(value.bits & 0x8000) << 16;
  const unsigned exponent = value.bits >> 10 & 31;
  const unsigned mantissa = value.bits & 0x3ff;
  if (exponent == 0) return __uint_as_float(sign | __float_as_uint((float)mantissa / 16777216.0f));
  if (exponent == 31) return __uint_as_float(sign | 0x7f800000 | mantissa << 13);
  return __uint_as_float(sign | (exponent + 112) << 23 | mantissa << 13);
}
