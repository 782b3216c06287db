// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.List;

/**
 * Generates the inner loop of everything that is a matrix product: it computes tiles of {@code rows
 * × vectors} sums, one below the other.
 *
 * <pre>
 * for each tile:                                   // r9 of them
 *   sums[r][v] = bias
 *   for each step of the reduction:
 *     sums[r][v] += broadcast(row operand [r]) · vector operand [v]
 *   output[r][v] = clamp(sums[r][v] + residual[r][v])
 * </pre>
 *
 * <p>What the rows and the lanes are is the caller's choice. Positions as rows and output channels
 * as lanes give a convolution on blocked channels; output channels as rows and positions as lanes
 * give one on NCHW. The distances between rows, vectors and steps tell the two apart, see {@link
 * Operands}.
 *
 * <p>Arguments of the function: the row operand, the vector operand, the output, the bias, the
 * residual, the number of tiles (at least 1).
 *
 * @param isa instruction set
 * @param tile its size
 * @param operands where things are
 * @param reduction which products are summed
 * @param lastLanes lanes of the last vector that exist, all of them with AVX2
 * @param start what the sums begin with
 * @param finish what happens to them at the end
 */
record TileKernel(
    Isa isa,
    TileShape tile,
    Operands operands,
    Reduction reduction,
    int lastLanes,
    Start start,
    Finish finish)
    implements Generator {
  private static final Gpr ROWS = Gpr.RDI;
  private static final Gpr VECTORS = Gpr.RSI;
  private static final Gpr OUTPUT = Gpr.RDX;
  private static final Gpr BIAS = Gpr.RCX;
  private static final Gpr RESIDUAL = Gpr.R8;
  private static final Gpr TILES = Gpr.R9;
  private static final Gpr ROW = Gpr.RBX;
  private static final Gpr VECTOR = Gpr.R12;
  private static final Gpr[] COUNTERS = {Gpr.RAX, Gpr.R10, Gpr.R11};

  /**
   * Distances in bytes.
   *
   * @param row from one row of the tile to the next in the row operand
   * @param vector from one vector to the next in the vector operand
   * @param outputRow from one row to the next in output and residual
   * @param outputVector from one vector to the next in output and residual
   * @param nextRows from one tile to the next in the row operand
   * @param nextOutput from one tile to the next in output and residual
   * @param nextBias from one tile to the next in the bias
   */
  record Operands(
      long row,
      long vector,
      long outputRow,
      long outputVector,
      long nextRows,
      long nextOutput,
      long nextBias) {}

  /** What sums begin with. */
  enum Start {
    /** A vector of biases for each vector of the tile. */
    BIAS_OF_LANES,
    /** One bias for each row. */
    BIAS_OF_ROWS,
    /** What the output holds: sums of the part of the reduction before. */
    OUTPUT,
    ZERO
  }

  /**
   * What happens before sums are stored.
   *
   * @param residual whether the residual is added
   * @param clamp applied after it
   */
  record Finish(boolean residual, Clamp clamp) {
    static final Finish NONE = new Finish(false, Clamp.NONE);
  }

  @Override
  public byte[] generate() {
    Assembler a = new Assembler(isa);
    VectorAssembler v = a.vectors();
    a.push(ROW);
    a.push(VECTOR);
    if (masked()) {
      a.mov(Gpr.RAX, (1L << lastLanes) - 1);
      v.mask(Mask.K1, Gpr.RAX);
    }
    Label nextTile = a.here();
    a.mov(ROW, ROWS);
    a.mov(VECTOR, VECTORS);
    begin(v);
    for (Reduction.Nest nest : reduction.nests()) {
      loops(a, nest, 0);
    }
    finish(a);
    a.add(ROWS, operands.nextRows());
    a.add(OUTPUT, operands.nextOutput());
    a.add(BIAS, operands.nextBias());
    if (finish.residual()) {
      a.add(RESIDUAL, operands.nextOutput());
    }
    a.dec(TILES);
    a.jumpIfNotZero(nextTile);
    a.pop(VECTOR);
    a.pop(ROW);
    v.zeroUpper();
    a.ret();
    return a.code();
  }

  private boolean masked() {
    return lastLanes < isa.lanes();
  }

  private Vec sum(int row, int vector) {
    return Vec.of(row * tile.vectors() + vector);
  }

  /** The registers behind the sums. */
  private Vec spare(int number) {
    return Vec.of(tile.sums() + number);
  }

  private void begin(VectorAssembler v) {
    for (int row = 0; row < tile.rows(); row++) {
      for (int vector = 0; vector < tile.vectors(); vector++) {
        Vec sum = sum(row, vector);
        switch (start) {
          case BIAS_OF_LANES -> {
            if (row == 0) {
              v.load(sum, Mem.at(BIAS, (long) vector * isa.bytes()));
            } else {
              v.move(sum, sum(0, vector));
            }
          }
          case BIAS_OF_ROWS -> {
            if (vector == 0) {
              v.broadcast(sum, Mem.at(BIAS, (long) row * Float.BYTES));
            } else {
              v.move(sum, sum(row, 0));
            }
          }
          case OUTPUT -> load(v, sum, place(OUTPUT, row, vector), vector);
          case ZERO -> v.zero(sum);
        }
      }
    }
  }

  /** Loop number {@code depth} of a nest with all that is inside. */
  private void loops(Assembler a, Reduction.Nest nest, int depth) {
    List<Reduction.Loop> loops = nest.loops();
    if (depth == loops.size()) {
      body(a.vectors(), nest);
      return;
    }
    Reduction.Loop loop = loops.get(depth);
    Gpr counter = COUNTERS[depth];
    Label turn = null;
    if (loop.turns() > 1) {
      a.mov(counter, loop.turns());
      turn = a.here();
    }
    loops(a, nest, depth + 1);
    // The loop inside has moved both operands already.
    boolean innermost = depth + 1 == loops.size();
    Reduction.Loop inner = innermost ? new Reduction.Loop(0, 0, 0) : loops.get(depth + 1);
    a.add(ROW, loop.rowStep() - inner.turns() * inner.rowStep());
    a.add(VECTOR, loop.vectorStep() - inner.turns() * inner.vectorStep());
    if (turn != null) {
      a.dec(counter);
      a.jumpIfNotZero(turn);
    }
  }

  private void body(VectorAssembler v, Reduction.Nest nest) {
    int broadcasts = isa.registers() - tile.sums() - tile.vectors();
    for (int step = 0; step < nest.steps(); step++) {
      for (int vector = 0; vector < tile.vectors(); vector++) {
        long at = step * nest.vectorStep() + vector * operands.vector();
        load(v, spare(vector), Mem.at(VECTOR, at), vector);
      }
      for (int row = 0; row < tile.rows(); row++) {
        Mem value = Mem.at(ROW, step * nest.rowStep() + row * operands.row());
        Vec broadcast = spare(tile.vectors() + row % broadcasts);
        v.broadcast(broadcast, value);
        for (int vector = 0; vector < tile.vectors(); vector++) {
          v.multiplyAdd(sum(row, vector), spare(vector), broadcast);
        }
      }
    }
  }

  private void finish(Assembler a) {
    VectorAssembler v = a.vectors();
    Clamp clamp = finish.clamp();
    Vec low = spare(0);
    Vec high = spare(1);
    if (clamp.hasLow()) {
      Constants.load(a, low, clamp.low());
    }
    if (clamp.hasHigh()) {
      Constants.load(a, high, clamp.high());
    }
    for (int row = 0; row < tile.rows(); row++) {
      for (int vector = 0; vector < tile.vectors(); vector++) {
        Vec sum = sum(row, vector);
        if (finish.residual()) {
          load(v, spare(2), place(RESIDUAL, row, vector), vector);
          v.add(sum, sum, spare(2));
        }
        if (clamp.hasLow()) {
          v.maximum(sum, low, sum);
        }
        if (clamp.hasHigh()) {
          v.minimum(sum, high, sum);
        }
        Mem place = place(OUTPUT, row, vector);
        if (masked() && vector == tile.vectors() - 1) {
          v.store(place, sum, Mask.K1);
        } else {
          v.store(place, sum);
        }
      }
    }
  }

  private Mem place(Gpr base, int row, int vector) {
    return Mem.at(base, row * operands.outputRow() + vector * operands.outputVector());
  }

  private void load(VectorAssembler v, Vec register, Mem source, int vector) {
    if (masked() && vector == tile.vectors() - 1) {
      v.load(register, source, Mask.K1);
    } else {
      v.load(register, source);
    }
  }
}
