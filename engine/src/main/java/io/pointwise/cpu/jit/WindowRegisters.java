// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * The vector registers of a {@link WindowKernel} or {@link GlobalPoolKernel} and what is done in
 * them: first the results of a tile's columns, then two constants, then, if there is room, the
 * weights of all taps; if there is not, the weights or elements that are used next.
 */
final class WindowRegisters {
  private static final Gpr WEIGHTS = Gpr.RSI;
  private static final Gpr BIAS = Gpr.RCX;
  private static final int CONSTANTS = 2;

  /** For each class of numbers what {@code vfixupimmps} puts: both NaNs as quiet NaNs. */
  private static final int NAN_TABLE = 0x22;

  private final Assembler assembler;
  private final VectorAssembler v;
  private final WindowFunction function;
  private final int firstTap;
  private final int taps;
  private Vec weight;
  private int taken;
  private long divisor;

  private WindowRegisters(Assembler assembler, WindowFunction function, int firstTap, int taps) {
    this.assembler = assembler;
    this.v = assembler.vectors();
    this.function = function;
    this.firstTap = firstTap;
    this.taps = taps;
    this.weight = other(0);
  }

  /** The widest tile: enough independent results to hide how long an instruction takes. */
  static int mostColumns(Isa isa) {
    return isa == Isa.AVX512 ? 16 : 10;
  }

  /**
   * Emits what is loaded once; overwrites {@code rax}, as {@link #finish} does.
   *
   * @param firstTap that is used
   * @param taps from there on
   */
  static WindowRegisters prepare(
      Assembler assembler, WindowFunction function, int firstTap, int taps) {
    WindowRegisters registers = new WindowRegisters(assembler, function, firstTap, taps);
    registers.prepare();
    return registers;
  }

  Vec result(int column) {
    return Vec.of(column);
  }

  private Vec constant(int number) {
    return Vec.of(mostColumns(v.isa()) + number);
  }

  private int others() {
    return v.isa().registers() - mostColumns(v.isa()) - CONSTANTS;
  }

  private Vec other(int number) {
    return constant(CONSTANTS + number % others());
  }

  private void prepare() {
    switch (function) {
      case WindowFunction.Weighing(TileKernel.Finish finish) -> {
        Constants.load(assembler, constant(0), finish.clamp().low());
        Constants.load(assembler, constant(1), finish.clamp().high());
        for (int tap = 0; weightsStay() && tap < taps; tap++) {
          loadWeight(tap);
        }
      }
      case WindowFunction.Maximum _ -> {
        Constants.load(assembler, constant(0), Float.NEGATIVE_INFINITY);
        Constants.load(assembler, constant(1), Float.intBitsToFloat(NAN_TABLE));
      }
      case WindowFunction.Mean _ -> {}
    }
  }

  private boolean weightsStay() {
    return taps <= others();
  }

  private void loadWeight(int tap) {
    v.load(other(tap), Mem.at(WEIGHTS, (long) (firstTap + tap) * v.isa().bytes()));
  }

  /** Begins a tile. */
  void begin(int columns) {
    divisor = 0;
    for (int column = 0; column < columns; column++) {
      switch (function) {
        case WindowFunction.Weighing _ -> v.load(result(column), Mem.at(BIAS));
        case WindowFunction.Maximum _ -> v.move(result(column), constant(0));
        case WindowFunction.Mean _ -> v.zero(result(column));
      }
    }
  }

  /** Turns to a tap, counted from the first one. */
  void tap(int tap) {
    if (function instanceof WindowFunction.Weighing) {
      weight = other(tap);
      if (!weightsStay()) {
        loadWeight(tap);
      }
    }
  }

  /** Takes in the elements under the tap. */
  void take(int column, Mem elements) {
    Vec result = result(column);
    switch (function) {
      case WindowFunction.Weighing _ -> v.multiplyAdd(result, weight, elements);
      case WindowFunction.Maximum _ -> takeLarger(result, elements);
      case WindowFunction.Mean _ -> v.add(result, result, elements);
    }
  }

  private void takeLarger(Vec result, Mem elements) {
    Vec x = other(taken++);
    v.load(x, elements);
    takeLarger(result, x);
  }

  /** The maximum leaves a NaN in the result and passes over one in {@code x}, which follows. */
  private void takeLarger(Vec result, Vec x) {
    v.maximum(result, x, result);
    if (v.isa() == Isa.AVX512) {
      v.fixUp(result, x, constant(1));
    } else {
      v.unordered(x, x, x);
      v.or(result, result, x);
    }
  }

  /** Takes in what was taken into another column; for functions without weights. */
  void merge(int column, int from) {
    switch (function) {
      case WindowFunction.Weighing _ ->
          throw new IllegalStateException("each sum has a bias: two of them are no sum");
      case WindowFunction.Maximum _ -> takeLarger(result(column), result(from));
      case WindowFunction.Mean _ -> v.add(result(column), result(column), result(from));
    }
  }

  /**
   * What comes after the last tap.
   *
   * @param count what a mean divides by
   * @param residual where there is one
   */
  void finish(int column, long count, Mem residual) {
    Vec result = result(column);
    switch (function) {
      case WindowFunction.Weighing(TileKernel.Finish finish) -> {
        if (finish.residual()) {
          v.add(result, result, residual);
        }
        if (finish.clamp().hasLow()) {
          v.maximum(result, constant(0), result);
        }
        if (finish.clamp().hasHigh()) {
          v.minimum(result, constant(1), result);
        }
      }
      case WindowFunction.Maximum _ -> {}
      case WindowFunction.Mean _ -> {
        if (count != divisor) {
          Constants.load(assembler, constant(0), 1f / count);
          divisor = count;
        }
        v.multiply(result, result, constant(0));
      }
    }
  }
}
