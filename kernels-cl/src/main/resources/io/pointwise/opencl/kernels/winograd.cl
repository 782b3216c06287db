// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// What both transforms of Winograd's formula share (`Winograd.java` has the formula and the matrices).
//
// TILE: 2 or 4, rows and columns of a tile of outputs.
// LANES: 1, 4, 8 or 16, the width of a vector; lanes are neighbouring tiles.
// TRANSFORM: a matrix as an initialiser of an array, in which the compiler sees what is zero or one.

#include "vectors.cl"

// Rows and columns of a tile of inputs.
#define SIZE (TILE + 2)

#define vector_t VECTOR(LANES)

// Tiles lie at positions as planes have them: row by row, and each row ends with positions that are
// none. A work-item takes LANES positions from `start` on; the last block is moved back, and its first
// `fresh` lanes belong to the block before.
#define POSITIONS_AT(block, positions)                                          \
  const index_t start = min((block) * LANES, (positions) - LANES);              \
  const int fresh = (int)((block) * LANES - start)
