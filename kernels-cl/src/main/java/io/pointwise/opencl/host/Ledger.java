// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** How many native objects are open, by kind. What a closed device leaves behind is a leak. */
public final class Ledger {
  /** Kinds of native objects. */
  public enum Kind {
    CONTEXT("clReleaseContext"),
    QUEUE("clReleaseCommandQueue"),
    BUFFER("clReleaseMemObject"),
    PROGRAM("clReleaseProgram"),
    KERNEL("clReleaseKernel"),
    EVENT("clReleaseEvent");

    private final String release;

    Kind(String release) {
      this.release = release;
    }

    /** Name of the call that releases one. */
    String releaseCall() {
      return release;
    }

    /** Of the kind's name, lower case. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Kind, AtomicInteger> open = new EnumMap<>(Kind.class);

  /** Nothing is open. */
  public Ledger() {
    for (Kind kind : Kind.values()) {
      open.put(kind, new AtomicInteger());
    }
  }

  private AtomicInteger count(Kind kind) {
    return Objects.requireNonNull(open.get(kind));
  }

  void opened(Kind kind) {
    count(kind).incrementAndGet();
  }

  void closed(Kind kind) {
    count(kind).decrementAndGet();
  }

  /** How many of this kind are open. */
  public int open(Kind kind) {
    return count(kind).get();
  }

  /** How many of all kinds are open. */
  public int open() {
    int sum = 0;
    for (Kind kind : Kind.values()) {
      sum += open(kind);
    }
    return sum;
  }

  /** As {@code context 1, queue 2}; only kinds of which any is open. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Kind kind : Kind.values()) {
      if (open(kind) != 0) {
        text.append(text.isEmpty() ? "" : ", ").append(kind.label()).append(' ').append(open(kind));
      }
    }
    return text.toString();
  }
}
