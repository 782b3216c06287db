// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Where along an axis of `size` the extreme element is. NaN is more extreme than any number.
//
// MAX: 1 for the greatest, 0 for the least.
// LAST: 1 where the last of equal elements counts, 0 where the first does.
// GROUP: see lines.cl.

#include "index.cl"
#include "lines.cl"

int beats(float x, float best) {
  if (x != x || best != best) return x != x && best == best;
#if MAX
  return x > best;
#else
  return x < best;
#endif
}

// Whether element j, which is x, is to be taken rather than element `found`, which is best.
int takes(float x, index_t j, float best, index_t found) {
  if (beats(x, best)) return 1;
#if LAST
  return !beats(best, x) && j > found;
#else
  return !beats(best, x) && j < found;
#endif
}

LINE_KERNEL arg_reduce(IN(x), OUT(y), const index_t inner, const index_t size,
                       const index_t count) {
  LINE(i, count);
  __global const float *line = x + x_at + i / inner * size * inner + i % inner;
  // A work-item without an element of its own begins with the first as well.
  index_t found = 0;
  float best = line[0];
  for (index_t j = LANE; j < size; j += GROUP) {
    const float value = line[j * inner];
    if (takes(value, j, best, found)) {
      best = value;
      found = j;
    }
  }
#if GROUP > 1
  __local float bests[GROUP];
  __local index_t places[GROUP];
  bests[LANE] = best;
  places[LANE] = found;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int width = GROUP / 2; width > 0; width /= 2) {
    const int other = LANE + width;
    if (LANE < width && takes(bests[other], places[other], bests[LANE], places[LANE])) {
      bests[LANE] = bests[other];
      places[LANE] = places[other];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  found = places[0];
#endif
  if (LANE == 0) y[y_at + i] = (float)found;
}
