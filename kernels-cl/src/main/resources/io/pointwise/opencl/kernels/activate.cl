// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// An activation of every element.

#include "index.cl"
#include "activation.cl"

__kernel void activate(IN(x), OUT(y), const index_t count ACTIVATION_PARAMETERS) {
  WORK_ITEM(i, count);
  const float value = x[x_at + i];
  y[y_at + i] = ACTIVATE(float, value);
}
