// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

/** Where the choice of a step's algorithm comes from. */
public sealed interface Tuning {
  /** The device's own order: the first algorithm that accepts without reluctance. */
  Tuning OFF = new Off();

  /** The device's own order. */
  record Off() implements Tuning {}

  /**
   * What was measured earlier, where it speaks of all candidates of a step; else the device's
   * order. Nothing is measured.
   *
   * @param store of the measurements
   */
  record Stored(TuningStore store) implements Tuning {}

  /**
   * What was measured earlier, where it speaks of all candidates of a step; else they are measured
   * now, on the device, and what comes of it is stored. Planning then takes its time, allocates and
   * reads weights; meanwhile nothing else should use the device.
   *
   * @param store of the measurements
   * @param effort of a measurement
   * @param again whether also what is stored is measured
   * @param observer is told what happens
   */
  record Measured(TuningStore store, TuningEffort effort, boolean again, TuningObserver observer)
      implements Tuning {
    /** With the default effort, unobserved. */
    public Measured(TuningStore store) {
      this(store, TuningEffort.DEFAULT, false, TuningObserver.NONE);
    }
  }
}
