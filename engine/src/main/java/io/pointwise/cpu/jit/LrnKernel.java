// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * Writes a function that normalises each channel of a block of NCHWc by its neighbours: {@code x /
 * (k + weight · Σ x²)^(3/4)}, the sum over some channels before and after, which lie in the same
 * vector and in those of the blocks before and behind.
 *
 * <p>The power is made of two square roots and a division, which are rounded the same everywhere.
 *
 * <p>Arguments of the function: the block's input, its output, the number of positions (at least
 * 1).
 *
 * @param isa instruction set
 * @param window of channels
 * @param blocks what lies around
 */
record LrnKernel(Isa isa, Window window, Blocks blocks) implements Generator {
  /** The most channels on one side. */
  static final int MOST_NEIGHBOURS = 4;

  private static final Gpr INPUT = Gpr.RDI;
  private static final Gpr OUTPUT = Gpr.RSI;
  private static final Gpr POSITIONS = Gpr.RDX;

  private static final Vec X = Vec.of(0);
  private static final Vec SQUARES = Vec.of(1);
  private static final Vec SQUARES_BEFORE = Vec.of(2);
  private static final Vec SQUARES_BEHIND = Vec.of(3);
  private static final Vec SUM = Vec.of(4);
  private static final Vec SHIFTED = Vec.of(5);
  private static final Vec WEIGHT = Vec.of(6);
  private static final Vec K = Vec.of(7);
  private static final Vec MASK = Vec.of(8);

  /** {@code vperm2f128}: the high half of the first, the low half of the second. */
  private static final int MIDDLE_HALVES = 0x21;

  private static final int HALF_BYTES = 16;

  /**
   * What is summed.
   *
   * @param before channels, up to {@link #MOST_NEIGHBOURS}
   * @param behind channels, up to {@link #MOST_NEIGHBOURS}
   * @param weight of the sum
   * @param k added to it
   */
  record Window(int before, int behind, float weight, float k) {}

  /**
   * The block and its neighbours.
   *
   * @param bytes from one to the next
   * @param before whether there is one before
   * @param channels of this one, 1 to all lanes
   * @param behind channels of the one behind, 0 if there is none
   */
  record Blocks(long bytes, boolean before, int channels, int behind) {}

  @Override
  public byte[] generate() {
    Assembler a = new Assembler(isa);
    VectorAssembler v = a.vectors();
    Constants.load(a, WEIGHT, window.weight());
    Constants.load(a, K, window.k());
    // Only one of the two can be the last block, which may have fewer channels than lanes.
    FirstLanes own = FirstLanes.choose(a, blocks.channels(), MASK);
    int lanesBehind = blocks.behind() == 0 ? isa.lanes() : blocks.behind();
    FirstLanes behind = FirstLanes.choose(a, lanesBehind, MASK);
    v.zero(SQUARES_BEFORE);
    v.zero(SQUARES_BEHIND);
    Label nextPosition = a.here();
    own.load(X, Mem.at(INPUT));
    v.multiply(SQUARES, X, X);
    if (blocks.before() && window.before() > 0) {
      v.load(SQUARES_BEFORE, Mem.at(INPUT, -blocks.bytes()));
      v.multiply(SQUARES_BEFORE, SQUARES_BEFORE, SQUARES_BEFORE);
    }
    if (blocks.behind() > 0 && window.behind() > 0) {
      behind.load(SQUARES_BEHIND, Mem.at(INPUT, blocks.bytes()));
      v.multiply(SQUARES_BEHIND, SQUARES_BEHIND, SQUARES_BEHIND);
    }
    v.move(SUM, SQUARES);
    addNeighbours(v);
    normalise(v);
    v.store(Mem.at(OUTPUT), X);
    a.add(INPUT, isa.bytes());
    a.add(OUTPUT, isa.bytes());
    a.dec(POSITIONS);
    a.jumpIfNotZero(nextPosition);
    v.zeroUpper();
    a.ret();
    return a.code();
  }

  private void addNeighbours(VectorAssembler v) {
    for (int distance = 1; distance <= window.before(); distance++) {
      shift(v, SQUARES_BEFORE, SQUARES, isa.lanes() - distance);
      v.add(SUM, SUM, SHIFTED);
    }
    for (int distance = 1; distance <= window.behind(); distance++) {
      shift(v, SQUARES, SQUARES_BEHIND, distance);
      v.add(SUM, SUM, SHIFTED);
    }
  }

  /** A vector's worth of lanes of two vectors in a row, from lane {@code first} on. */
  private void shift(VectorAssembler v, Vec low, Vec high, int first) {
    if (isa == Isa.AVX512) {
      v.alignLanes(SHIFTED, high, low, first);
      return;
    }
    v.shuffleHalves(SHIFTED, low, high, MIDDLE_HALVES);
    int halfLanes = isa.lanes() / 2;
    if (first < halfLanes) {
      v.alignBytes(SHIFTED, SHIFTED, low, first * Float.BYTES);
    } else if (first > halfLanes) {
      v.alignBytes(SHIFTED, high, SHIFTED, first * Float.BYTES - HALF_BYTES);
    }
  }

  private void normalise(VectorAssembler v) {
    v.multiply(SUM, SUM, WEIGHT);
    v.add(SUM, SUM, K);
    v.squareRoot(SUM, SUM);
    v.squareRoot(SHIFTED, SUM);
    v.multiply(SUM, SUM, SHIFTED);
    v.divide(X, X, SUM);
  }
}
