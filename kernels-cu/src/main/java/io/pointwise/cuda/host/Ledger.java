// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** How many native objects are open, by kind. What a closed device leaves behind is a leak. */
public final class Ledger {
  /** Kinds of native objects. */
  public enum Kind {
    CONTEXT,
    STREAM,
    EVENT,
    BUFFER,
    PINNED_MEMORY,
    MODULE,
    GRAPH,
    CUBLAS,
    CUDNN,
    DESCRIPTOR;

    /** Of the kind's name, for people. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
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

  /** As {@code context 1, stream 2}; only kinds of which any is open. */
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
