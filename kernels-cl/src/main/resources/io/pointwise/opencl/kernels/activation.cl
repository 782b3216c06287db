// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Activations, one macro each, of a scalar or of a vector; NaN in gives NaN out.
//
// ACTIVATION: the name of one of the macros below, activation_none and so on. The whole name: OpenCL
//             implementations may define names such as tanh as macros of their own.
//
// T is the type of x, an expression without side effects; a and b are numbers of the function's.
// A comparison gives 1 or, for each lane of a vector, -1: `?:`, `&` and `|` read both.

#define ACTIVATION_PARAMETERS , const float act_a, const float act_b

#define ACTIVATE(T, x) ACTIVATION(T, (x), ((T)(act_a)), ((T)(act_b)))

#define ZERO(T) ((T)(0.0f))
#define ONE(T) ((T)(1.0f))
#define IS_NAN(x) ((x) != (x))
// fmin and fmax drop NaN.
#define CLAMPED(T, x, low, high) (IS_NAN(x) ? (x) : fmin(fmax((x), (low)), (high)))
// max(x, 0) + log1p(exp(-|x|)): no large number meets exp.
#define SOFTPLUS(T, x) (((x) <= ZERO(T) ? ZERO(T) : (x)) + log1p(exp(-fabs(x))))

#define activation_none(T, x, a, b) (x)
#define activation_relu(T, x, a, b) ((x) <= ZERO(T) ? ZERO(T) : (x))
#define activation_clip(T, x, a, b) CLAMPED(T, x, a, b)
#define activation_leaky_relu(T, x, a, b) ((x) >= ZERO(T) ? (x) : (a) * (x))
#define activation_sigmoid(T, x, a, b) (ONE(T) / (ONE(T) + exp(-(x))))
#define activation_tanh(T, x, a, b) tanh(x)
#define activation_hard_sigmoid(T, x, a, b) CLAMPED(T, ((a) * (x) + (b)), ZERO(T), ONE(T))
#define activation_hard_swish(T, x, a, b) \
  ((x) * CLAMPED(T, ((x) / (T)(6.0f) + (T)(0.5f)), ZERO(T), ONE(T)))
#define activation_elu(T, x, a, b) ((x) >= ZERO(T) ? (x) : (a) * expm1(x))
#define activation_selu(T, x, a, b) ((x) > ZERO(T) ? (b) * (x) : (b) * ((a) * expm1(x)))
// max(x, 0) + min(a (exp(x/a) - 1), 0): of the two terms the sign of x leaves one.
#define activation_celu(T, x, a, b) ((x) >= ZERO(T) ? (x) : (a) * expm1((x) / (a)))
#define activation_thresholded_relu(T, x, a, b) ((x) > (a) || IS_NAN(x) ? (x) : ZERO(T))
#define activation_softplus(T, x, a, b) SOFTPLUS(T, x)
#define activation_softsign(T, x, a, b) ((x) / (ONE(T) + fabs(x)))
#define activation_mish(T, x, a, b) ((x) * tanh(SOFTPLUS(T, x)))
#define activation_swish(T, x, a, b) ((x) / (ONE(T) + exp(-(a) * (x))))
// x/2 erfc(-x/sqrt 2): of 1 + erf little would be left for negative x.
#define activation_gelu(T, x, a, b) ((T)(0.5f) * (x) * erfc((x) * (T)(-0.70710678118654752f)))
#define activation_gelu_tanh(T, x, a, b)                    \
  ((T)(0.5f) * (x) *                                        \
   (ONE(T) + tanh((T)(0.79788456080286536f) *               \
                  ((x) + (T)(0.044715f) * (x) * (x) * (x)))))
#define activation_erf(T, x, a, b) erf(x)
#define activation_exp(T, x, a, b) exp(x)
#define activation_log(T, x, a, b) log(x)
#define activation_sqrt(T, x, a, b) sqrt(x)
#define activation_abs(T, x, a, b) fabs(x)
#define activation_reciprocal(T, x, a, b) (ONE(T) / (x))
#define activation_affine(T, x, a, b) ((a) * (x) + (b))
#define activation_floor(T, x, a, b) floor(x)
#define activation_ceil(T, x, a, b) ceil(x)
#define activation_truncate(T, x, a, b) trunc(x)
#define activation_not_zero(T, x, a, b) \
  (IS_NAN(x) ? (x) : ((x) != ZERO(T) ? ONE(T) : ZERO(T)))

// Whole numbers under 2^24 are exact, others may have been rounded. a is the period, a power of two;
// b the least number that is negative once wrapped. Each operation is exact.
#define UNSURE(T, x) (IS_NAN(x) | (fabs(x) >= (T)(16777216.0f)))
#define REMAINDER(x, a) ((x) - (a) * floor((x) / (a)))
#define activation_wrap_narrow(T, x, a, b) \
  (UNSURE(T, x) ? (T)(NAN)                 \
                : (REMAINDER(x, a) >= (b) ? REMAINDER(x, a) - (a) : REMAINDER(x, a)))
// a is the least number that the type has.
#define activation_wrap_wide(T, x, a, b) ((UNSURE(T, x) | ((x) < (a))) ? (T)(NAN) : (x))
