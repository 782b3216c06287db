// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import io.pointwise.plan.Plan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Does the same thing over and over and says from time to time what the process holds; a program of
 * its own, so that nothing else is counted. {@link Leaks} starts it.
 */
final class LeakProbe {
  /** What is done over and over. */
  enum Work {
    /** A run of a plan. */
    RUNS,
    /** Opening a device, planning, a run, closing all. */
    OPENINGS,
    /** A run, after which a buffer is left open: what the others must not look like. */
    LEAKING_RUNS
  }

  /** More, in some hundred runs, than the JVM takes or gives back meanwhile. */
  private static final long LEAKED_BYTES = 1 << 15;

  /** Begins the line that says what the device's ledger has after everything was closed. */
  static final String LEDGER = "ledger ";

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Path folder;
  private final int turns;
  private final int every;
  private int done;

  private LeakProbe(Path folder, int turns, int samples) {
    this.folder = folder;
    this.turns = turns;
    this.every = turns / samples;
  }

  /**
   * Begins here.
   *
   * @param args the work, how often, how many times to say what is held, and where files go
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    new LeakProbe(Path.of(args[3]), Integer.parseInt(args[1]), Integer.parseInt(args[2]))
        .work(Work.valueOf(args[0]));
  }

  private void work(Work work) throws IOException, InterruptedException {
    switch (work) {
      case RUNS -> runs(false);
      case LEAKING_RUNS -> runs(true);
      case OPENINGS -> openings();
    }
  }

  private OpenClDevice open() {
    return InstalledOpenCl.open(folder.resolve("programs"));
  }

  private void runs(boolean leaking) throws IOException, InterruptedException {
    OpenClDevice device = open();
    try (device;
        Plan plan = SmallNetwork.plan(device)) {
      for (int run = 0; run < turns; run++) {
        SmallNetwork.requireRight(plan);
        if (leaking) {
          device.allocate(LEAKED_BYTES);
        }
        turned();
      }
    }
    out.println(LEDGER + device.ledger());
  }

  private void openings() throws IOException, InterruptedException {
    for (int opening = 0; opening < turns; opening++) {
      OpenClDevice device = open();
      try (device) {
        SmallNetwork.requireRight(device);
      }
      turned();
      if (opening == turns - 1) {
        out.println(LEDGER + device.ledger());
      }
    }
  }

  private void turned() throws IOException, InterruptedException {
    if (++done % every == 0) {
      // Memory that only garbage holds is no leak; the cleaner that frees it is a thread.
      System.gc();
      Thread.sleep(20);
      out.println(ProcessState.read(folder).line());
    }
  }
}
