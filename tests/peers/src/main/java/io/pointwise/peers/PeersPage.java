// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was measured, as part of a page: the text between {@code <!-- peers DEVICE -->} and {@code
 * <!-- end -->} is replaced, so that no figure is copied by hand.
 */
final class PeersPage {
  private static final String END = "<!-- end -->";

  private PeersPage() {}

  /** The page and where in it the part lies, marks included but for the last. */
  private record Part(String text, int from, int to) {}

  /** Fails now, and not after long work, if the page has no part for this kind of device. */
  static void check(String page, String kind) {
    part(page, kind);
  }

  /**
   * Replaces the part of the page that is for this kind of device.
   *
   * @param page an existing Markdown file with the two marks
   * @param kind of the device, {@code cpu}
   */
  static void update(String page, String kind, PeersReport report, List<String> peers) {
    Part part = part(page, kind);
    String text = begin(kind) + "\n\n" + markdown(report, peers) + "\n";
    try {
      Files.writeString(
          Path.of(page),
          part.text().substring(0, part.from()) + text + part.text().substring(part.to()));
    } catch (IOException e) {
      throw CommandFailure.usage("--update=" + page + ": " + e);
    }
  }

  private static Part part(String page, String kind) {
    String text;
    try {
      text = Files.readString(Path.of(page), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CommandFailure.usage("--update=" + page + ": " + e);
    }
    int from = text.indexOf(begin(kind));
    int to = text.indexOf(END, Math.max(0, from));
    if (from < 0 || to < 0) {
      throw CommandFailure.usage(
          "--update=" + page + ": it has no part from " + begin(kind) + " to " + END);
    }
    return new Part(text, from, to);
  }

  private static String begin(String kind) {
    return "<!-- peers " + kind + " -->";
  }

  private static String markdown(PeersReport report, List<String> peers) {
    StringBuilder text = new StringBuilder(machine(report));
    List<String> head =
        new ArrayList<>(List.of("layer", "algorithm", "time", "GFLOP/s", "of peak"));
    for (String peer : peers) {
      head.addAll(List.of(peer, "its time / ours", "p10 to p90", "on the device's clock"));
    }
    text.append("\n\n").append(row(head));
    text.append(row(head.stream().map(cell -> head.indexOf(cell) < 2 ? "---" : "---:").toList()));
    report.results().forEach(result -> text.append(row(cells(result, peers))));
    text.append('\n');
    for (PeersReport.Summary each : report.summary()) {
      text.append(
          String.format(
              "- beside %s, %s: geometric mean %s over %d layers, least %s%n",
              each.peer(),
              each.kind().equals("all") ? "all layers" : each.kind() + " layers",
              Units.digits(each.geometricMean()),
              each.layers(),
              Units.digits(each.least())));
    }
    return text.toString();
  }

  private static String machine(PeersReport report) {
    Double peak = report.peakGflopsPerCore();
    String versions =
        report.versions().entrySet().stream()
            .map(peer -> peer.getKey() + " " + peer.getValue())
            .collect(Collectors.joining(", "));
    return report.environment().timestamp().substring(0, 10)
        + ", commit "
        + report.environment().commit()
        + ": "
        + report.environment().devices().getFirst().id()
        + " ("
        + report.environment().devices().getFirst().name()
        + ", "
        + report.environment().devices().getFirst().driver()
        + ") on "
        + report.environment().cpu()
        + ", "
        + report.threads()
        + (report.threads() == 1 ? " thread" : " threads")
        + " each, "
        + report.environment().java()
        + (peak == null ? "" : "; FMA peak " + Units.digits(peak) + " GFLOP/s a core in the median")
        + "; beside "
        + versions
        + ".";
  }

  private static List<String> cells(PeersReport.LayerResult result, List<String> peers) {
    Double fraction = result.fractionOfPeak();
    List<String> cells =
        new ArrayList<>(
            List.of(
                result.layer().name(),
                result.algorithm(),
                Units.time(Math.round(result.own().median())),
                Units.digits(result.gflops()),
                fraction == null ? "" : Math.round(100 * fraction) + " %"));
    for (String name : peers) {
      PeersReport.PeerResult peer = result.peer(name);
      if (peer == null) {
        cells.addAll(List.of("", "", "", ""));
      } else {
        PeersReport.Spread device = peer.deviceRatio();
        cells.addAll(
            List.of(
                Units.time(Math.round(peer.time().median())),
                Units.digits(peer.ratio().median()),
                Units.digits(peer.ratio().p10()) + " to " + Units.digits(peer.ratio().p90()),
                device == null ? "" : Units.digits(device.median())));
      }
    }
    return cells;
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
