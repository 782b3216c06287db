// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// A function of two operands, broadcast to each other.
//
// FUNCTION: the name of one of the macros below, pair_add and so on.
//
// Comparisons are those of IEEE 754: with NaN they are false. Any number but 0 is true, NaN too.

#include "index.cu"
#include "epilogue.cu"

#define TRUTH(condition) ((condition) ? 1.0f : 0.0f)
#define UNLESS_NAN(a, b, value) (IS_NAN(a) || IS_NAN(b) ? NOT_A_NUMBER : (value))

#define pair_add(a, b) ((a) + (b))
#define pair_multiply(a, b) ((a) * (b))
#define pair_subtract(a, b) ((a) - (b))
#define pair_divide(a, b) ((a) / (b))
// pow(x, 0) and pow(1, y) are 1 even for NaN, fmin and fmax drop it.
#define pair_power(a, b) UNLESS_NAN(a, b, powf(a, b))
#define pair_minimum(a, b) UNLESS_NAN(a, b, fminf(a, b))
#define pair_maximum(a, b) UNLESS_NAN(a, b, fmaxf(a, b))
#define pair_equal(a, b) TRUTH((a) == (b))
#define pair_less(a, b) TRUTH((a) < (b))
#define pair_less_or_equal(a, b) TRUTH((a) <= (b))
#define pair_and(a, b) TRUTH((a) != 0.0f && (b) != 0.0f)
#define pair_or(a, b) TRUTH((a) != 0.0f || (b) != 0.0f)

extern "C" __global__ void pairwise(IN(a), IN(b), OUT(y), const index_t *__restrict__ nest,
                                    const int rank, const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  const float left = a[nest_source(i, nest, rank, 0)];
  const float right = b[nest_source(i, nest, rank, 1)];
  const float value = FUNCTION(left, right);
  STORE(y, i, value);
}
