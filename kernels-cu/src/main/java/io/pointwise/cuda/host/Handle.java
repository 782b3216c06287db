// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The one owner of a native object: releases it once, and gives it to nobody after that. */
public final class Handle<T> implements AutoCloseable {
  private final T value;
  private final Ledger.Kind kind;
  private final Ledger ledger;
  private final Consumer<T> release;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * @param value that was made just now
   * @param release releases it, and throws if that fails
   */
  Handle(T value, Ledger.Kind kind, Ledger ledger, Consumer<T> release) {
    this.value = value;
    this.kind = kind;
    this.ledger = ledger;
    this.release = release;
    ledger.opened(kind);
  }

  /**
   * The native object.
   *
   * @throws IllegalStateException if it was released
   */
  public T get() {
    if (!open.get()) {
      throw new IllegalStateException("this CUDA " + kind.label() + " is closed");
    }
    return value;
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      ledger.closed(kind);
      release.accept(value);
    }
  }
}
