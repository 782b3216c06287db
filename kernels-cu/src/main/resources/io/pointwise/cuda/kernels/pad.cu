// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Elements added around: for each index of each axis, where it comes from.
//
// AXES: number of axes, 0 and more.
//
// `axes` holds the output's sizes, then for each axis and index the source as a distance in the
// input; -1 where it is the value.

#include "index.cu"

extern "C" __global__ void pad(IN(x), OUT(y), const index_t *__restrict__ axes, const float value,
                               const index_t count) {
  WORK_ITEM(i, count);
  index_t source = 0;
  index_t rest = i;
  int inside = 1;
#if AXES > 0
  const index_t *table = axes + AXES;
  for (int k = 0; k < AXES; k++) table += axes[k];
  for (int k = AXES - 1; k >= 0; k--) {
    table -= axes[k];
    const index_t from = table[rest % axes[k]];
    rest /= axes[k];
    inside &= from >= 0;
    source += from;
  }
#endif
  y[i] = inside ? x[source] : value;
}
