// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// What is fused behind an operation: activation(value + residual). The last parameters of a kernel.
//
// RESIDUAL: defined where a residual, of the output's shape, is added.

#include "activation.cl"

#ifdef RESIDUAL
#define EPILOGUE_PARAMETERS ACTIVATION_PARAMETERS, IN(residual)
#define WITH_RESIDUAL(value, i) ((value) + residual[residual_at + (i)])
#else
#define EPILOGUE_PARAMETERS ACTIVATION_PARAMETERS
#define WITH_RESIDUAL(value, i) (value)
#endif

// Gives element i of the output its value.
#define STORE(y, i, value)                           \
  do {                                               \
    const float finished = WITH_RESIDUAL(value, i);  \
    y[y##_at + (i)] = ACTIVATE(float, finished);     \
  } while (0)

// Gives LANES neighbouring elements from i on their values; needs vectors.cl.
#ifdef RESIDUAL
#define VECTOR_WITH_RESIDUAL(lanes, value, i) ((value) + LOAD(lanes, residual + residual_at + (i)))
#else
#define VECTOR_WITH_RESIDUAL(lanes, value, i) (value)
#endif
#define STORE_VECTOR(lanes, y, i, value)                                          \
  do {                                                                            \
    const VECTOR(lanes) finished = VECTOR_WITH_RESIDUAL(lanes, value, i);         \
    SAVE(lanes, ACTIVATE(VECTOR(lanes), finished), y + y##_at + (i));             \
  } while (0)
