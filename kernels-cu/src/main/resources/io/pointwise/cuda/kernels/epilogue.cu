// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// What is fused behind an operation: activation(value + residual). The last parameters of a kernel.
//
// RESIDUAL: defined where a residual, of the output's shape, is added.

#include "activation.cu"

#ifdef RESIDUAL
#define EPILOGUE_PARAMETERS ACTIVATION_PARAMETERS, IN(residual)
#define WITH_RESIDUAL(value, i) ((value) + residual[i])
#else
#define EPILOGUE_PARAMETERS ACTIVATION_PARAMETERS
#define WITH_RESIDUAL(value, i) (value)
#endif

// Gives element i of the output its value.
#define STORE(y, i, value) (y)[i] = ACTIVATE(WITH_RESIDUAL(value, i))
