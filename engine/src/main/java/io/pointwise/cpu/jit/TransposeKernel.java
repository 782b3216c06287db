// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * Writes a function that transposes tiles of a matrix in registers: as many rows as a vector has
 * lanes, a vector each. What is column {@code j} of the source's tile becomes row {@code j} of the
 * target's.
 *
 * <p>First rows are interleaved in pairs, then pairs in fours, within each 16 bytes of a vector;
 * then 16 bytes at a time are moved between vectors.
 *
 * <p>Arguments of the function: the source, the target, the number of tiles (at least 1).
 *
 * @param isa instruction set
 * @param source where rows are read
 * @param target where rows are written
 */
record TransposeKernel(Isa isa, Side source, Side target) implements Generator {
  private static final Gpr SOURCE = Gpr.RDI;
  private static final Gpr TARGET = Gpr.RSI;
  private static final Gpr TILES = Gpr.RDX;

  /** Even quarters, odd quarters. */
  private static final int[] QUARTERS = {0x88, 0xDD};

  /** Low halves, high halves. */
  private static final int[] HALVES = {0x20, 0x31};

  /**
   * One side of the transposition.
   *
   * @param rows that exist; the source's others are zero, the target's are not written
   * @param lanes of each row that exist, 1 to all
   * @param rowBytes from one row to the next
   * @param tileBytes from one tile to the next
   */
  record Side(int rows, int lanes, long rowBytes, long tileBytes) {}

  @Override
  public byte[] generate() {
    Assembler a = new Assembler(isa);
    Label nextTile = a.here();
    Vec[] rows = load(a);
    Vec[] pairs = interleave(a.vectors(), rows, free(rows));
    Vec[] fours = interleavePairs(a.vectors(), pairs, rows);
    store(a, gather(a.vectors(), fours, pairs));
    a.add(SOURCE, source.tileBytes());
    a.add(TARGET, target.tileBytes());
    a.dec(TILES);
    a.jumpIfNotZero(nextTile);
    a.vectors().zeroUpper();
    a.ret();
    return a.code();
  }

  private Vec[] load(Assembler a) {
    Vec[] rows = new Vec[isa.lanes()];
    FirstLanes first = FirstLanes.choose(a, source.lanes(), Vec.of(isa.registers() - 1));
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Vec.of(row);
      if (row < source.rows()) {
        first.load(rows[row], Mem.at(SOURCE, row * source.rowBytes()));
      } else {
        a.vectors().zero(rows[row]);
      }
    }
    return rows;
  }

  /** The half of the registers that the rows do not use. */
  private static Vec[] free(Vec[] rows) {
    Vec[] free = new Vec[rows.length];
    for (int i = 0; i < free.length; i++) {
      free[i] = Vec.of(rows.length + i);
    }
    return free;
  }

  /** Of each two rows: the columns 0 and 1 of every four, the columns 2 and 3. */
  private static Vec[] interleave(VectorAssembler v, Vec[] from, Vec[] to) {
    for (int i = 0; i < from.length; i += 2) {
      v.unpackLow(to[i], from[i], from[i + 1]);
      v.unpackHigh(to[i + 1], from[i], from[i + 1]);
    }
    return to;
  }

  /** Of each four rows: the column 0 of every four, the columns 1, 2, 3. */
  private static Vec[] interleavePairs(VectorAssembler v, Vec[] from, Vec[] to) {
    for (int i = 0; i < from.length; i += 4) {
      for (int j = 0; j < 2; j++) {
        v.unpackLowPairs(to[i + 2 * j], from[i + j], from[i + 2 + j]);
        v.unpackHighPairs(to[i + 2 * j + 1], from[i + j], from[i + 2 + j]);
      }
    }
    return to;
  }

  /** Brings together what vectors hold of the same column. */
  private Vec[] gather(VectorAssembler v, Vec[] fours, Vec[] spare) {
    if (isa == Isa.AVX2) {
      for (int column = 0; column < fours.length; column++) {
        int first = column % 4;
        v.shuffleHalves(spare[column], fours[first], fours[4 + first], HALVES[column / 4]);
      }
      return spare;
    }
    // spare[4·odd + column] and 8 behind: quarters of rows 0 to 7, and of rows 8 to 15.
    for (int column = 0; column < 4; column++) {
      for (int odd = 0; odd < 2; odd++) {
        int to = 4 * odd + column;
        v.shuffleQuarters(spare[to], fours[column], fours[4 + column], QUARTERS[odd]);
        v.shuffleQuarters(spare[8 + to], fours[8 + column], fours[12 + column], QUARTERS[odd]);
      }
    }
    for (int column = 0; column < fours.length; column++) {
      int from = column % 8;
      v.shuffleQuarters(fours[column], spare[from], spare[8 + from], QUARTERS[column / 8]);
    }
    return fours;
  }

  private void store(Assembler a, Vec[] columns) {
    // Either half of the registers holds the columns; the mask goes to the other.
    Vec mask = Vec.of(columns[0].number() == 0 ? columns.length : 0);
    FirstLanes first = FirstLanes.choose(a, target.lanes(), mask);
    for (int row = 0; row < target.rows(); row++) {
      first.store(Mem.at(TARGET, row * target.rowBytes()), columns[row]);
    }
  }
}
