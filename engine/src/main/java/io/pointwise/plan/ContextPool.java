// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Closing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A bounded pool of execution contexts, made when first needed. A run borrows one and gives it
 * back; one that failed is closed instead, so that the next run starts from a clean one.
 */
final class ContextPool implements AutoCloseable {
  private final int most;
  private final Supplier<ExecutionContext> maker;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<ExecutionContext> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ContextPool(int most, Supplier<ExecutionContext> maker) {
    this.most = most;
    this.maker = maker;
    this.permits = new Semaphore(most);
  }

  /** A run. */
  interface Run {
    Timing in(ExecutionContext context);
  }

  Timing borrow(Run run) {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("the plan is closed");
      }
      ExecutionContext context = idle.pollFirst();
      return runIn(context != null ? context : maker.get(), run);
    } finally {
      permits.release();
    }
  }

  private Timing runIn(ExecutionContext context, Run run) {
    try {
      Timing timing = run.in(context);
      idle.addFirst(context);
      return timing;
    } catch (RuntimeException | Error e) {
      try {
        context.close();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Waits for the runs that are under way, then closes all contexts. Later runs are refused. */
  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(most);
    try {
      List<ExecutionContext> all = new ArrayList<>();
      for (ExecutionContext c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
        all.add(c);
      }
      Closing.all(all);
    } finally {
      permits.release(most);
    }
  }
}
