// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import io.pointwise.cli.explain.ExplainReport.LayerJson;
import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.Table;
import io.pointwise.cli.output.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An explanation for people: a line a layer, then each distinct set of other candidates once, then
 * sums and memory.
 */
final class ExplainTable {
  private final ExplainReport report;
  private final Screen screen;
  private final Map<List<String>, Integer> notes = new LinkedHashMap<>();

  ExplainTable(ExplainReport report, Screen screen) {
    this.report = report;
    this.screen = screen;
  }

  void print() {
    Table table =
        new Table()
            .left("layer")
            .left("output")
            .right("parameters")
            .right("MACs")
            .right("bytes")
            .left("algorithm")
            .left("others");
    for (LayerJson layer : report.layers()) {
      table.row(
          layer.name(),
          dims(layer.shape()),
          Units.exact(layer.parameters()),
          Units.count(layer.macs()),
          Units.bytes(layer.bytes()),
          how(layer),
          others(layer));
    }
    screen.out().println();
    table.print(screen);
    printOthers();
    printReorders();
    printSums();
  }

  private static String how(LayerJson layer) {
    if (!layer.note().isEmpty()) {
      return layer.note();
    }
    String choice = layer.choice();
    boolean measured = choice != null && !choice.equals("heuristic");
    return layer.algorithm() + (measured ? " (" + choice + ", " + chosenTime(layer) + ")" : "");
  }

  private static String chosenTime(LayerJson layer) {
    return layer.candidates().stream()
        .filter(each -> each.verdict().equals("chosen"))
        .map(CandidateJson::medianNanos)
        .filter(Objects::nonNull)
        .map(Units::time)
        .findFirst()
        .orElse("unmeasured");
  }

  /** The number of the note that tells of the candidates that do not compute the layer. */
  private String others(LayerJson layer) {
    List<CandidateJson> others =
        layer.candidates().stream().filter(each -> !each.verdict().equals("chosen")).toList();
    if (others.isEmpty()) {
      return "";
    }
    return "[" + notes.computeIfAbsent(reasons(others), _ -> notes.size() + 1) + "]";
  }

  private void printOthers() {
    notes.forEach(
        (lines, number) -> {
          screen.out().println();
          screen.out().println("[" + number + "] other candidates:");
          lines.forEach(line -> screen.out().println("    " + line));
        });
  }

  /**
   * One line for each reason, with all the algorithms that give it, and one for all those that are
   * for other operations.
   */
  private static List<String> reasons(List<CandidateJson> others) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    int foreign = 0;
    for (CandidateJson other : others) {
      String refused = other.refused();
      if (other.verdict().equals("inapplicable")) {
        foreign++;
      } else {
        Long nanos = other.medianNanos();
        String reason =
            nanos != null
                ? "accepts, " + Units.time(nanos)
                : refused == null
                    ? "accepts, preferred less"
                    : (other.verdict().equals("rejected") ? "rejected: " : "refuses: ") + refused;
        byReason.computeIfAbsent(reason, _ -> new ArrayList<>()).add(other.algorithm());
      }
    }
    List<String> lines = new ArrayList<>();
    byReason.forEach((reason, names) -> lines.add(String.join(", ", names) + ": " + reason));
    if (foreign > 0) {
      lines.add(foreign + (byReason.isEmpty() ? "" : " more") + " for other operations");
    }
    return lines;
  }

  private void printReorders() {
    screen.out().println();
    screen.out().println("reorders: " + (report.reorders().isEmpty() ? "none" : ""));
    report
        .reorders()
        .forEach(
            reorder ->
                screen
                    .out()
                    .println(
                        "    "
                            + reorder.name()
                            + ": from "
                            + reorder.from()
                            + ", moves "
                            + Units.bytes(reorder.bytes())
                            + ", "
                            + reorder.algorithm()));
  }

  private void printSums() {
    ExplainReport.CostJson totals = report.totals();
    ExplainReport.MemoryJson memory = report.memory();
    screen
        .out()
        .println(
            "total: "
                + Units.exact(totals.parameters())
                + " parameters, "
                + Units.count(totals.macs())
                + " MACs, "
                + Units.count(totals.flops())
                + " FLOPs, "
                + Units.bytes(totals.bytes())
                + " moved");
    screen
        .out()
        .println(
            "activations: peak "
                + Units.bytes(memory.peak())
                + " of "
                + Units.bytes(memory.sum())
                + " without reuse; arena "
                + Units.bytes(memory.arena())
                + " (at least "
                + Units.bytes(memory.lowerBound())
                + "), callers' tensors "
                + Units.bytes(memory.bound()));
  }

  private static String dims(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("×"));
  }
}
