// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A thread that helps callers, and where it may run while it sleeps. */
final class Helper {
  private static final int NONE = -1;

  private final int worker;
  private final Thread thread;
  private final @Nullable Cores cores;
  private volatile boolean asleep;
  private volatile int systemThread;
  private volatile int avoided = NONE;

  /**
   * @param worker its number
   * @param cores to place it by, or null to leave that to the system
   * @param life what it does until it is interrupted
   */
  Helper(int worker, @Nullable Cores cores, Consumer<Helper> life) {
    this.worker = worker;
    this.cores = cores;
    this.thread =
        Thread.ofPlatform().daemon().name("pointwise-cpu-" + worker).unstarted(() -> live(life));
  }

  private void live(Consumer<Helper> life) {
    systemThread = cores == null ? 0 : cores.thread();
    life.accept(this);
  }

  /** Its number among the workers. */
  int worker() {
    return worker;
  }

  /** The helper tells that it is about to sleep, or awake again. */
  void asleep(boolean value) {
    asleep = value;
  }

  /** A caller is about to wake it from a core that is the caller's own. */
  void keepAwayFrom(int core) {
    if (cores != null && asleep && avoided != core && systemThread != 0) {
      avoided = core;
      cores.keepAway(systemThread, core);
    }
  }

  Thread thread() {
    return thread;
  }
}
