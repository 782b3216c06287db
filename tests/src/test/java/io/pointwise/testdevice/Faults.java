// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Failures on demand: each kind of call can be told to fail once, at its n-th time from now. */
final class Faults {
  /** What can fail. */
  enum Kind {
    /** The work of a step, when the worker gets to it. */
    STEP,
    /** The call that enqueues a step. */
    ENQUEUE,
    ALLOCATION,
    PREPARE,
    STREAM,
    UPLOAD,
    DOWNLOAD
  }

  private final Map<Kind, AtomicInteger> left = new EnumMap<>(Kind.class);

  Faults() {
    for (Kind kind : Kind.values()) {
      left.put(kind, new AtomicInteger());
    }
  }

  /** The {@code count}-th call of this kind from now fails: 1 is the next one. */
  void failAt(Kind kind, int count) {
    counter(kind).set(count);
  }

  /** Counts a call; true if it is the one that must fail. */
  boolean strikes(Kind kind) {
    AtomicInteger counter = counter(kind);
    return counter.get() > 0 && counter.decrementAndGet() == 0;
  }

  private AtomicInteger counter(Kind kind) {
    AtomicInteger counter = left.get(kind);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + kind);
    }
    return counter;
  }
}
