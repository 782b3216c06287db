// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import java.util.function.DoubleSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A loop that does nothing but fused multiply-adds on registers. Several threads may run it at
 * once.
 */
public final class FmaPeak implements DoubleSupplier {
  /** Independent chains: two units times a latency of four, and some more. */
  private static final int CHAINS = 12;

  /** About a third of a millisecond. */
  private static final int TURNS = 50_000;

  private static final int WARM_UP_ROUNDS = 300;

  /** Warms up, which takes some tenths of a second until the compiler is done with the loop. */
  public FmaPeak() {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      getAsDouble();
    }
  }

  /**
   * Runs it once.
   *
   * @return 10⁹ operations a second of the calling thread
   */
  @Override
  public double getAsDouble() {
    long start = System.nanoTime();
    float result = chains(TURNS);
    long nanos = System.nanoTime() - start;
    if (!(Math.abs(result) < Float.MAX_VALUE)) {
      throw new IllegalStateException("the FMA loop gave " + result);
    }
    return 2.0 * CHAINS * Lanes.LENGTH * TURNS / nanos;
  }

  /** Every chain converges to {@code y / (1 − x)}, so no value grows or becomes denormal. */
  private static float chains(int turns) {
    FloatVector x = FloatVector.broadcast(Lanes.SPECIES, 0.5f);
    FloatVector y = FloatVector.broadcast(Lanes.SPECIES, 0.25f);
    FloatVector c0 = x;
    FloatVector c1 = x;
    FloatVector c2 = x;
    FloatVector c3 = x;
    FloatVector c4 = x;
    FloatVector c5 = x;
    FloatVector c6 = x;
    FloatVector c7 = x;
    FloatVector c8 = x;
    FloatVector c9 = x;
    FloatVector c10 = x;
    FloatVector c11 = x;
    for (int i = 0; i < turns; i++) {
      c0 = c0.fma(x, y);
      c1 = c1.fma(x, y);
      c2 = c2.fma(x, y);
      c3 = c3.fma(x, y);
      c4 = c4.fma(x, y);
      c5 = c5.fma(x, y);
      c6 = c6.fma(x, y);
      c7 = c7.fma(x, y);
      c8 = c8.fma(x, y);
      c9 = c9.fma(x, y);
      c10 = c10.fma(x, y);
      c11 = c11.fma(x, y);
    }
    FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    FloatVector high = c6.add(c7).add(c8).add(c9).add(c10).add(c11);
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }
}
