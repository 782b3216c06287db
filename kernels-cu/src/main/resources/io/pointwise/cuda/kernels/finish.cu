// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// What is left to do behind a product that another library computed: bias, residual, activation, in
// the output's place.
//
// BIAS: defined where a bias is added, one a channel of `inner` elements.

#include "index.cu"
#include "epilogue.cu"

#ifdef BIAS
#define BIAS_PARAMETERS IN(bias), const index_t inner, const index_t channels,
#define WITH_BIAS(value, i) ((value) + bias[(i) / inner % channels])
#else
#define BIAS_PARAMETERS
#define WITH_BIAS(value, i) (value)
#endif

extern "C" __global__ void finish(OUT(y), BIAS_PARAMETERS const index_t count EPILOGUE_PARAMETERS) {
  WORK_ITEM(i, count);
  const float value = WITH_BIAS(y[i], i);
  STORE(y, i, value);
}
