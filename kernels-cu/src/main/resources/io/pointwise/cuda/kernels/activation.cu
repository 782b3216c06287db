// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Activations, one function each; NaN in gives NaN out.
//
// ACTIVATION: the name of one of the functions below, activation_none and so on; activation_any for
//             a program that is made once for all of them.
//
// a and b are numbers of the function's; `which` is read by activation_any alone.

#define ACTIVATION_PARAMETERS , const int act_which, const float act_a, const float act_b
#define ACTIVATE(x) ACTIVATION(act_which, x, act_a, act_b)

#define ACTIVATION_OF(name) \
  __device__ inline float activation_##name(int which, float x, float a, float b)

// fminf and fmaxf drop NaN.
__device__ inline float clamped(float x, float low, float high) {
  return IS_NAN(x) ? x : fminf(fmaxf(x, low), high);
}

// max(x, 0) + log1p(exp(-|x|)): no large number meets exp.
__device__ inline float softplus(float x) {
  return (x <= 0.0f ? 0.0f : x) + log1pf(expf(-fabsf(x)));
}

ACTIVATION_OF(none) { return x; }
ACTIVATION_OF(relu) { return x <= 0.0f ? 0.0f : x; }
ACTIVATION_OF(clip) { return clamped(x, a, b); }
ACTIVATION_OF(leaky_relu) { return x >= 0.0f ? x : a * x; }
ACTIVATION_OF(sigmoid) { return 1.0f / (1.0f + expf(-x)); }
ACTIVATION_OF(tanh) { return tanhf(x); }
ACTIVATION_OF(hard_sigmoid) { return clamped(a * x + b, 0.0f, 1.0f); }
ACTIVATION_OF(hard_swish) { return x * clamped(x / 6.0f + 0.5f, 0.0f, 1.0f); }
ACTIVATION_OF(elu) { return x >= 0.0f ? x : a * expm1f(x); }
ACTIVATION_OF(selu) { return x > 0.0f ? b * x : b * (a * expm1f(x)); }
// max(x, 0) + min(a (exp(x/a) - 1), 0): of the two terms the sign of x leaves one.
ACTIVATION_OF(celu) { return x >= 0.0f ? x : a * expm1f(x / a); }
ACTIVATION_OF(thresholded_relu) { return x > a || IS_NAN(x) ? x : 0.0f; }
ACTIVATION_OF(softplus) { return softplus(x); }
ACTIVATION_OF(softsign) { return x / (1.0f + fabsf(x)); }
ACTIVATION_OF(mish) { return x * tanhf(softplus(x)); }
ACTIVATION_OF(swish) { return x / (1.0f + expf(-a * x)); }
// x/2 erfc(-x/sqrt 2): of 1 + erf little would be left for negative x.
ACTIVATION_OF(gelu) { return 0.5f * x * erfcf(x * -0.70710678118654752f); }
ACTIVATION_OF(gelu_tanh) {
  return 0.5f * x * (1.0f + tanhf(0.79788456080286536f * (x + 0.044715f * x * x * x)));
}
ACTIVATION_OF(erf) { return erff(x); }
ACTIVATION_OF(exp) { return expf(x); }
ACTIVATION_OF(log) { return logf(x); }
ACTIVATION_OF(sqrt) { return sqrtf(x); }
ACTIVATION_OF(abs) { return fabsf(x); }
ACTIVATION_OF(reciprocal) { return 1.0f / x; }
ACTIVATION_OF(affine) { return a * x + b; }
ACTIVATION_OF(floor) { return floorf(x); }
ACTIVATION_OF(ceil) { return ceilf(x); }
ACTIVATION_OF(truncate) { return truncf(x); }
ACTIVATION_OF(not_zero) { return IS_NAN(x) ? x : x != 0.0f ? 1.0f : 0.0f; }

// Whole numbers under 2^24 are exact, others may have been rounded.
__device__ inline bool unsure(float x) { return IS_NAN(x) || fabsf(x) >= 16777216.0f; }

// a is the period, a power of two; b the least number that is negative once wrapped. Each operation
// is exact.
ACTIVATION_OF(wrap_narrow) {
  const float rest = x - a * floorf(x / a);
  return unsure(x) ? NOT_A_NUMBER : rest >= b ? rest - a : rest;
}
// a is the least number that the type has.
ACTIVATION_OF(wrap_wide) { return unsure(x) || x < a ? NOT_A_NUMBER : x; }

// The function whose number `which` is; ActivationNumber.java has them in this order.
#define CASE_OF(number, name) \
  case number:                \
    return activation_##name(which, x, a, b);
ACTIVATION_OF(any) {
  switch (which) {
    CASE_OF(0, none)
    CASE_OF(1, relu)
    CASE_OF(2, clip)
    CASE_OF(3, leaky_relu)
    CASE_OF(4, sigmoid)
    CASE_OF(5, tanh)
    CASE_OF(6, hard_sigmoid)
    CASE_OF(7, hard_swish)
    CASE_OF(8, elu)
    CASE_OF(9, selu)
    CASE_OF(10, celu)
    CASE_OF(11, thresholded_relu)
    CASE_OF(12, softplus)
    CASE_OF(13, softsign)
    CASE_OF(14, mish)
    CASE_OF(15, swish)
    CASE_OF(16, gelu)
    CASE_OF(17, gelu_tanh)
    CASE_OF(18, erf)
    CASE_OF(19, exp)
    CASE_OF(20, log)
    CASE_OF(21, sqrt)
    CASE_OF(22, abs)
    CASE_OF(23, reciprocal)
    CASE_OF(24, affine)
    CASE_OF(25, floor)
    CASE_OF(26, ceil)
    CASE_OF(27, truncate)
    CASE_OF(28, not_zero)
    CASE_OF(29, wrap_narrow)
    CASE_OF(30, wrap_wide)
    default:
      return NOT_A_NUMBER;
  }
}
