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
    peers.forEach(peer -> table.right(peer).right("ratio").right("p10–p90"));
    table.left("results");
    for (PeersReport.LayerResult result : report.results()) {
      table.row(cells(result, peers));
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
            + " (clblast: matrices stay on the device). results: ok where every output is within"
            + " its bound of the reference.");
  }

  private static String[] cells(PeersReport.LayerResult result, List<String> peers) {
    List<String> cells = new ArrayList<>();
    cells.add(result.layer().name());
    cells.add(result.algorithm());
    cells.add(Units.time(Math.round(result.own().median())));
    cells.add(Units.digits(result.gflops()));
    Double fraction = result.fractionOfPeak();
    cells.add(fraction == null ? "" : String.valueOf(Math.round(100 * fraction)));
    for (String name : peers) {
      PeersReport.PeerResult peer = result.peer(name);
      if (peer == null) {
        cells.addAll(List.of("", "", ""));
      } else {
        PeersReport.Spread ratio = peer.ratio();
        cells.add(Units.time(Math.round(peer.time().median())));
        cells.add(Units.digits(ratio.median()));
        cells.add(Units.digits(ratio.p10()) + "–" + Units.digits(ratio.p90()));
      }
    }
    cells.add(result.ok() ? "ok" : "WRONG");
    return cells.toArray(String[]::new);
  }
}
