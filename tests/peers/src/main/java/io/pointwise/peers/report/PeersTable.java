// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.output.Screen;
import java.util.List;

/** What was measured, for people at a terminal. */
public final class PeersTable {
  private final Screen screen;
  private final Grids grids;

  private PeersTable(Screen screen, List<String> peers) {
    this.screen = screen;
    this.grids = new Grids(peers, false);
  }

  /** Prints all tables, what they mean, and what was wrong. */
  public static void print(PeersReport report, Screen screen) {
    PeersTable tables = new PeersTable(screen, List.copyOf(report.versions().keySet()));
    report.runs().forEach(tables::print);
    screen.paragraph(
        "ratio: the peer's time / ours, median over rounds in which both were measured in turn;"
            + " above 1 ours is faster. Times are of a call from host memory to host memory"
            + " (clblast: matrices stay on the device); on device: by its clock, without what the"
            + " host takes to start a command.");
    screen.out().println();
    report.runs().stream()
        .flatMap(run -> Faults.of(run).stream())
        .distinct()
        .forEach(screen::paragraph);
    if (report.isOk()) {
      screen.paragraph("Every output of every library is within its bound of the reference.");
    }
  }

  private void print(ThreadsRun run) {
    screen.paragraph(Machine.threads(run));
    screen.out().println();
    for (LayerSet set : run.layerSets()) {
      print(set.name(), grids.layers(set.results()));
      print("", grids.summary(set.summary()));
    }
    print("networks", grids.networks(run.networks()));
    print("", grids.summary(run.networkSummary()));
    if (run.networks().stream().anyMatch(result -> !result.alone().isEmpty())) {
      print("peak memory, each in a process of its own", grids.memory(run.networks()));
    }
    if (run.firstRuns()) {
      print("from cold, each in a process of its own", grids.firstRuns(run.networks()));
    }
  }

  private void print(String title, Grid grid) {
    if (grid.isEmpty()) {
      return;
    }
    if (!title.isEmpty()) {
      screen.out().println(title);
    }
    grid.table().print(screen);
    screen.out().println();
  }
}
