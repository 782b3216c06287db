// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.output.RanDevice;
import io.pointwise.cli.output.Units;
import java.util.stream.Collectors;

/** Sentences about where numbers come from. */
final class Machine {
  private Machine() {}

  /** Date, commit, device, processor, JVM, versions of the peers, what ours was held to. */
  static String sentence(PeersReport report) {
    HostEnvironment environment = report.environment();
    RanDevice device = environment.devices().getFirst();
    return environment.timestamp().substring(0, 10)
        + ", commit "
        + environment.commit()
        + ": "
        + device.id()
        + " ("
        + device.name()
        + ", "
        + device.driver()
        + ") on "
        + environment.cpu()
        + ", "
        + environment.java()
        + "; beside "
        + report.versions().entrySet().stream()
            .map(peer -> peer.getKey() + " " + peer.getValue())
            .collect(Collectors.joining(", "))
        + "; seed "
        + report.seed()
        + (report.only().isEmpty()
            ? ""
            : "; ours held to the algorithms " + String.join(", ", report.only()))
        + (report.winograd() ? "" : "; ours without Winograd's formula")
        + ".";
  }

  /** Number of threads, and the peak. */
  static String threads(ThreadsRun run) {
    String threads = run.threads() + (run.threads() == 1 ? " thread" : " threads");
    ThreadsRun.PeakReport peak = run.peak();
    if (peak == null) {
      return threads + " each.";
    }
    String one = gflops(peak.oneThread());
    return threads
        + " each. FMA peak of a core in the median: "
        + (run.threads() == 1
            ? one
            : one
                + " with one thread at work, "
                + gflops(peak.allThreads())
                + " with "
                + run.threads())
        + ".";
  }

  private static String gflops(Spread peak) {
    return Units.digits(peak.median())
        + " GFLOP/s (p10 to p90: "
        + Units.digits(peak.p10())
        + " to "
        + Units.digits(peak.p90())
        + ")";
  }
}
