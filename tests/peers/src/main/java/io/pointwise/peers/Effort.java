// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.output.CommandFailure;
import picocli.CommandLine.Option;

/** How long is measured. Use as a mixin. */
final class Effort {
  @Option(names = "--rounds", paramLabel = "N", description = "At least; default 25.")
  private int rounds = 25;

  @Option(
      names = "--min-time",
      paramLabel = "S",
      description = "Seconds a layer or network, at least; default 2.")
  private double minTime = 2;

  @Option(
      names = "--alone-runs",
      paramLabel = "N",
      description = "Runs of a network in a process of its own; default 10.")
  private int aloneRuns = 10;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Processes of each library with --first-run; default 3.")
  private int processes = 3;

  /** Fails unless all numbers can be. */
  void check() {
    atLeast("--rounds", rounds, 1);
    atLeast("--alone-runs", aloneRuns, 1);
    atLeast("--processes", processes, 1);
    if (!(minTime >= 0 && minTime <= 3600)) {
      throw CommandFailure.usage("--min-time=" + minTime + " must be from 0 to 3600 seconds");
    }
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw CommandFailure.usage(option + "=" + value + " must be at least " + least);
    }
  }

  int rounds() {
    return rounds;
  }

  long minNanos() {
    return Math.round(minTime * 1e9);
  }

  int aloneRuns() {
    return aloneRuns;
  }

  int processes() {
    return processes;
  }
}
