// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Nested loops over the elements of an output in row-major order, and how far each operand moves
 * with each loop. Loops of one turn are dropped and loops that go on evenly are joined, so that
 * operands of equal shape are one loop with a step of 1 and cost no division.
 */
public final class Nest {
  private final List<Long> counts = new ArrayList<>();
  private final List<long[]> steps = new ArrayList<>();
  private final int operands;

  /**
   * @param operands how many operands move
   */
  public Nest(int operands) {
    this.operands = operands;
  }

  /**
   * Adds a loop inside those that are there.
   *
   * @param count turns
   * @param step elements that each operand moves in a turn
   */
  public Nest loop(long count, long... step) {
    if (count == 1) {
      return this;
    }
    int last = counts.size() - 1;
    if (last >= 0 && continues(steps.get(last), step, count)) {
      counts.set(last, counts.get(last) * count);
      steps.set(last, step.clone());
    } else {
      counts.add(count);
      steps.add(step.clone());
    }
    return this;
  }

  private static boolean continues(long[] outer, long[] inner, long count) {
    for (int i = 0; i < outer.length; i++) {
      if (outer[i] != inner[i] * count) {
        return false;
      }
    }
    return true;
  }

  /** Number of loops, at least 1. */
  public int rank() {
    return Math.max(1, counts.size());
  }

  /** Turns in all. */
  public long turns() {
    long turns = 1;
    for (long count : counts) {
      turns *= count;
    }
    return turns;
  }

  /** The counts, then the steps of each operand, outermost loop first. */
  public List<Long> table() {
    if (counts.isEmpty()) {
      List<Long> one = new ArrayList<>(List.of(1L));
      for (int i = 0; i < operands; i++) {
        one.add(0L);
      }
      return one;
    }
    List<Long> table = new ArrayList<>(counts);
    for (int operand = 0; operand < operands; operand++) {
      for (long[] step : steps) {
        table.add(step[operand]);
      }
    }
    return table;
  }
}
