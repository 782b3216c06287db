// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/**
 * Arrays that a thread computes in, kept from task to task and grown when a larger one is needed.
 * Contents are arbitrary.
 */
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private float[] panel = {};
  private float[] sums = {};

  private Scratch() {}

  /** This thread's arrays, of at least these lengths. */
  static Scratch of(int panelFloats, int sumFloats) {
    Scratch scratch = OF_THREAD.get();
    if (scratch.panel.length < panelFloats) {
      scratch.panel = new float[panelFloats];
    }
    if (scratch.sums.length < sumFloats) {
      scratch.sums = new float[sumFloats];
    }
    return scratch;
  }

  /** Packed columns. */
  float[] panel() {
    return panel;
  }

  /** Accumulators. */
  float[] sums() {
    return sums;
  }
}
