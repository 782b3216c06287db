// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;

/** Cuts elementwise work into tasks whose size does not depend on the number of threads. */
public final class Tasks {
  private static final int ELEMENTS = 1 << 15;

  private Tasks() {}

  /** Elements from {@code from} (inclusive) to {@code to} (exclusive). */
  @FunctionalInterface
  public interface Range {
    void run(long from, long to);
  }

  /** How many tasks that many elements make. */
  public static int count(long elements) {
    return Math.toIntExact(Math.ceilDiv(elements, (long) ELEMENTS));
  }

  /** The task that element {@code element} falls to. */
  public static int at(long element) {
    return (int) (element / ELEMENTS);
  }

  /** Runs {@code body} over all of them, task by task. */
  public static void overElements(Workers workers, long elements, Range body) {
    workers.run(
        count(elements),
        task -> {
          long from = (long) task * ELEMENTS;
          body.run(from, Math.min(elements, from + ELEMENTS));
        });
  }
}
