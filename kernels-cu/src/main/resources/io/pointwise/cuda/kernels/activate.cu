// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// An activation of every element.

#include "index.cu"
#include "activation.cu"

extern "C" __global__ void activate(IN(x), OUT(y), const index_t count ACTIVATION_PARAMETERS) {
  WORK_ITEM(i, count);
  const float value = x[i];
  y[i] = ACTIVATE(value);
}
