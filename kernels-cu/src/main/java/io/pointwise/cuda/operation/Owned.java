// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaBuffer;
import io.pointwise.cuda.host.Handle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The native objects that a step holds; released in the reverse order, all of them. */
final class Owned implements AutoCloseable {
  private final List<Runnable> releases = new ArrayList<>();

  void add(CudaBuffer buffer) {
    releases.add(buffer::close);
  }

  void add(Handle<?> handle) {
    releases.add(handle::close);
  }

  @Override
  public void close() {
    @Nullable RuntimeException failure = null;
    for (Runnable release : releases.reversed()) {
      try {
        release.run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    releases.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
