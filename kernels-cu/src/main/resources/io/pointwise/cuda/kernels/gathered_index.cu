// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The element along an axis of `size` that an index means; -1 for one that means none.

__device__ inline index_t gathered_index(float index, index_t size) {
  // NaN is not equal to its rounding.
  if (index != rintf(index) || index < -(float)size || index >= (float)size) return -1;
  const index_t whole = (index_t)index;
  return whole < 0 ? whole + size : whole;
}
