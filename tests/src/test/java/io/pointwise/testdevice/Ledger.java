// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What of a device is alive, and every rule of the interface that the engine broke. */
final class Ledger {
  private final AtomicInteger buffers = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger steps = new AtomicInteger();
  private final AtomicInteger recordings = new AtomicInteger();
  private final AtomicInteger replays = new AtomicInteger();
  private final List<String> violations = new CopyOnWriteArrayList<>();

  AtomicInteger buffers() {
    return buffers;
  }

  AtomicInteger streams() {
    return streams;
  }

  AtomicInteger steps() {
    return steps;
  }

  AtomicInteger recordings() {
    return recordings;
  }

  /** How often recordings were enqueued; what is left of them is counted by {@link #recordings}. */
  AtomicInteger replays() {
    return replays;
  }

  void violation(String what) {
    violations.add(what);
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  /**
   * Nothing is alive and no rule was broken.
   *
   * @throws AssertionError if not
   */
  void requireClean() {
    boolean alive =
        buffers.get() != 0 || streams.get() != 0 || steps.get() != 0 || recordings.get() != 0;
    if (alive || !violations.isEmpty()) {
      throw new AssertionError("remote device: " + this);
    }
  }

  @Override
  public String toString() {
    return buffers
        + " buffers, "
        + streams
        + " streams, "
        + steps
        + " prepared steps, "
        + recordings
        + " recordings are alive; violations: "
        + violations;
  }
}
