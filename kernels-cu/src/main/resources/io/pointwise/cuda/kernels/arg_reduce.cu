// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Where along an axis of `size` the extreme element is. NaN is more extreme than any number.
//
// MAX: 1 for the greatest, 0 for the least.
// LAST: 1 where the last of equal elements counts, 0 where the first does.

#include "index.cu"

__device__ inline bool beats(float x, float best) {
  if (x != x || best != best) return x != x && best == best;
#if MAX
  return x > best;
#else
  return x < best;
#endif
}

extern "C" __global__ void arg_reduce(IN(x), OUT(y), const index_t inner, const index_t size,
                                      const index_t count) {
  WORK_ITEM(i, count);
  const float *line = x + i / inner * size * inner + i % inner;
  index_t found = 0;
  float best = line[0];
  for (index_t j = 1; j < size; j++) {
    const float value = line[j * inner];
#if LAST
    const int takes = !beats(best, value);
#else
    const int takes = beats(value, best);
#endif
    if (takes) {
      best = value;
      found = j;
    }
  }
  y[i] = (float)found;
}
