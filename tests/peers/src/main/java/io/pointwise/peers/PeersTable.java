// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.Table;
import io.pointwise.cli.output.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What was measured, for people. */
final class PeersTable {
  private PeersTable() {}

  static void print(PeersReport report, List<String> peers, Screen screen) {
    layers(report, peers).print(screen);
    screen.out().println();
    summary(report).print(screen);
    screen.out().println();
    screen.paragraph(
        "ratio: the peer's time / ours, median over rounds in which both were measured in turn;"
            + " above 1 ours is faster. Times are of a call from host memory to host memory"
            + " (clblast: matrices stay on the device); on device: the ratio of times on the"
            + " device's clock, without what the host takes to start a command.");
    screen.out().println();
    report.results().stream().flatMap(PeersTable::wrong).forEach(screen::paragraph);
    if (report.results().stream().allMatch(PeersReport.LayerResult::ok)) {
      screen.paragraph("Every output of every library is within its bound of the reference.");
    }
  }

  private static Table layers(PeersReport report, List<String> peers) {
    Table table = new Table().left("layer").right("time").right("GFLOP/s").right("% peak");
    for (String peer : peers) {
      table.right(peer).right("ratio");
      table.right(tellsDeviceTime(report, peer) ? "on device" : "p10–p90");
    }
    for (PeersReport.LayerResult result : report.results()) {
      List<String> cells = new ArrayList<>();
      Double fraction = result.fractionOfPeak();
      cells.add(result.layer().name());
      cells.add(Units.time(Math.round(result.own().median())));
      cells.add(Units.digits(result.gflops()));
      cells.add(fraction == null ? "" : String.valueOf(Math.round(100 * fraction)));
      for (String name : peers) {
        PeersReport.PeerResult peer = result.peer(name);
        cells.addAll(
            peer == null ? List.of("", "", "") : cells(peer, tellsDeviceTime(report, name)));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static List<String> cells(PeersReport.PeerResult peer, boolean deviceTime) {
    PeersReport.Spread ratio = peer.ratio();
    PeersReport.Spread device = peer.deviceRatio();
    return List.of(
        Units.time(Math.round(peer.time().median())),
        Units.digits(ratio.median()),
        deviceTime
            ? (device == null ? "" : Units.digits(device.median()))
            : Units.digits(ratio.p10()) + "–" + Units.digits(ratio.p90()));
  }

  private static boolean tellsDeviceTime(PeersReport report, String name) {
    return report.results().stream()
        .map(result -> result.peer(name))
        .anyMatch(peer -> peer != null && peer.deviceRatio() != null);
  }

  private static Table summary(PeersReport report) {
    Table table =
        new Table()
            .left("beside")
            .left("layers")
            .right("count")
            .right("geometric mean")
            .right("least");
    for (PeersReport.Summary each : report.summary()) {
      table.row(
          each.peer(),
          each.kind(),
          String.valueOf(each.layers()),
          Units.digits(each.geometricMean()),
          Units.digits(each.least()));
    }
    return table;
  }

  private static Stream<String> wrong(PeersReport.LayerResult result) {
    Stream<String> own =
        result.verification().ok()
            ? Stream.empty()
            : Stream.of(result.layer().name() + ": " + result.verification().detail());
    Stream<String> peers =
        result.peers().stream()
            .filter(peer -> !peer.verification().ok())
            .map(
                peer ->
                    result.layer().name()
                        + ", "
                        + peer.name()
                        + ": "
                        + peer.verification().detail());
    return Stream.concat(own, peers).map(sentence -> "WRONG: " + sentence);
  }
}
