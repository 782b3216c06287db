// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Resampling: each output element is a sum over the taps of its index along every axis.
//
// AXES: number of axes, 1 and more.
//
// `axes` holds the output's sizes, then for each axis and index two numbers: where its taps begin
// in `sources` and `weights`, and how many there are, or -1 where the index lies outside the region.

#include "index.cu"

extern "C" __global__ void resize(IN(x), OUT(y), const index_t *__restrict__ axes,
                                  const index_t *__restrict__ sources, IN(weights),
                                  const float outside, const index_t count) {
  WORK_ITEM(i, count);
  index_t first[AXES];
  index_t taps[AXES];
  const index_t *table = axes + AXES;
  for (int k = 0; k < AXES; k++) table += 2 * axes[k];
  index_t rest = i;
  index_t terms = 1;
  int inside = 1;
#pragma unroll
  for (int k = AXES - 1; k >= 0; k--) {
    table -= 2 * axes[k];
    const index_t at = rest % axes[k];
    rest /= axes[k];
    first[k] = table[2 * at];
    taps[k] = table[2 * at + 1];
    inside &= taps[k] >= 0;
    terms *= taps[k];
  }
  if (!inside) {
    y[i] = outside;
    return;
  }
  float sum = 0.0f;
  for (index_t term = 0; term < terms; term++) {
    index_t source = 0;
    float weight = 1.0f;
    index_t which = term;
#pragma unroll
    for (int k = AXES - 1; k >= 0; k--) {
      const index_t tap = first[k] + which % taps[k];
      which /= taps[k];
      source += sources[tap];
      weight *= weights[tap];
    }
    sum += weight * x[source];
  }
  y[i] = sum;
}
