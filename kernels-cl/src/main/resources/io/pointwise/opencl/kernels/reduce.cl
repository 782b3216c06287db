// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// One number for all elements along some axes.
//
// GROUP: see lines.cl; a line is what gives one number.
// FUNCTION: reduce_sum, reduce_mean, reduce_max, reduce_min, reduce_sum_square or reduce_l2, each of
//           which has a value to start from, ways to join an element and another result, and an end.
//
// The nest `lines` gives the place of the first element, `elements` those of the others behind it.

#include "index.cl"
#include "lines.cl"

#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)

// Over nothing: sums are 0, the maximum is -inf, the minimum +inf. NaN wins.
#define reduce_sum_start 0.0f
#define reduce_mean_start 0.0f
#define reduce_max_start -INFINITY
#define reduce_min_start INFINITY
#define reduce_sum_square_start 0.0f
#define reduce_l2_start 0.0f

#define reduce_sum_join(a, x) ((a) + (x))
#define reduce_mean_join(a, x) ((a) + (x))
#define reduce_max_join(a, x) GREATER_OF(a, x)
#define reduce_min_join(a, x) LESSER_OF(a, x)
#define reduce_sum_square_join(a, x) ((a) + (x) * (x))
#define reduce_l2_join(a, x) ((a) + (x) * (x))

#define reduce_sum_merge(a, b) SUM_OF(a, b)
#define reduce_mean_merge(a, b) SUM_OF(a, b)
#define reduce_max_merge(a, b) GREATER_OF(a, b)
#define reduce_min_merge(a, b) LESSER_OF(a, b)
#define reduce_sum_square_merge(a, b) SUM_OF(a, b)
#define reduce_l2_merge(a, b) SUM_OF(a, b)

#define reduce_sum_end(a, n) (a)
#define reduce_mean_end(a, n) ((a) / (float)(n))
#define reduce_max_end(a, n) (a)
#define reduce_min_end(a, n) (a)
#define reduce_sum_square_end(a, n) (a)
#define reduce_l2_end(a, n) sqrt(a)

LINE_KERNEL reduce(IN(x), OUT(y), __global const index_t *restrict lines, const int lines_rank,
                   __global const index_t *restrict elements, const int elements_rank,
                   const index_t size, const index_t count) {
  LANES_MEMORY;
  LINE(i, count);
  __global const float *line = x + x_at + nest_source(i, lines, lines_rank, 0);
  float result = JOIN(FUNCTION, _start);
#if GROUP == 1
  // The innermost loop without a division.
  const index_t run = elements[elements_rank - 1];
  const index_t step = elements[2 * elements_rank - 1];
  for (index_t k = 0; k < size; k += run) {
    __global const float *at = line + nest_source(k, elements, elements_rank, 0);
    for (index_t j = 0; j < run; j++) {
      const float value = at[j * step];
      result = JOIN(FUNCTION, _join)(result, value);
    }
  }
#else
  for (index_t k = LANE; k < size; k += GROUP) {
    const float value = line[nest_source(k, elements, elements_rank, 0)];
    result = JOIN(FUNCTION, _join)(result, value);
  }
#endif
  JOIN_LANES(result, JOIN(FUNCTION, _merge));
  if (LANE == 0) y[y_at + i] = JOIN(FUNCTION, _end)(result, size);
}
