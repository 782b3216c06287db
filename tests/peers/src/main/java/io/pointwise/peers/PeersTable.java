// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.Table;
import io.pointwise.cli.output.Units;
import java.util.ArrayList;
import java.util.List;

/** What was measured, for people. */
final class PeersTable {
  private PeersTable() {}

  static void print(PeersReport report, List<String> peers, Screen screen) {
    Table table =
        new Table().left("layer").left("algorithm").right("time").right("GFLOP/s").right("% peak");
    for (String peer : peers) {
      table.right(peer).right("ratio").right("p10–p90");
      if (tellsDeviceTime(report, peer)) {
        table.right("on device");
      }
    }
    table.left("results");
    for (PeersReport.LayerResult result : report.results()) {
      table.row(cells(report, result, peers));
    }
    table.print(screen);
    screen.out().println();
    Table summary =
        new Table()
            .left("beside")
            .left("layers")
            .right("count")
            .right("geometric mean")
            .right("least");
    for (PeersReport.Summary each : report.summary()) {
      summary.row(
          each.peer(),
          each.kind(),
          String.valueOf(each.layers()),
          Units.digits(each.geometricMean()),
          Units.digits(each.least()));
    }
    summary.print(screen);
    screen.out().println();
    screen.paragraph(
        "ratio: the peer's time / ours, median over rounds in which both were measured in turn;"
            + " above 1 ours is faster. Times are of a call from host memory to host memory"
            + " (clblast: matrices stay on the device); on device: the ratio of times on the"
            + " device's clock, without what the host takes to start a command. results: ok where"
            + " every output is within its bound of the reference.");
  }

  private static boolean tellsDeviceTime(PeersReport report, String name) {
    return report.results().stream()
        .map(result -> result.peer(name))
        .anyMatch(peer -> peer != null && peer.deviceRatio() != null);
  }

  private static String[] cells(
      PeersReport report, PeersReport.LayerResult result, List<String> peers) {
    List<String> cells = new ArrayList<>();
    cells.add(result.layer().name());
    cells.add(result.algorithm());
    cells.add(Units.time(Math.round(result.own().median())));
    cells.add(Units.digits(result.gflops()));
    Double fraction = result.fractionOfPeak();
    cells.add(fraction == null ? "" : String.valueOf(Math.round(100 * fraction)));
    for (String name : peers) {
      PeersReport.PeerResult peer = result.peer(name);
      PeersReport.Spread ratio = peer == null ? null : peer.ratio();
      cells.add(peer == null ? "" : Units.time(Math.round(peer.time().median())));
      cells.add(ratio == null ? "" : Units.digits(ratio.median()));
      cells.add(ratio == null ? "" : Units.digits(ratio.p10()) + "–" + Units.digits(ratio.p90()));
      if (tellsDeviceTime(report, name)) {
        PeersReport.Spread device = peer == null ? null : peer.deviceRatio();
        cells.add(device == null ? "" : Units.digits(device.median()));
      }
    }
    cells.add(result.ok() ? "ok" : "WRONG");
    return cells.toArray(String[]::new);
  }
}
