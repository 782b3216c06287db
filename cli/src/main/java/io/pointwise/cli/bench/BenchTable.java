// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.bench.BenchReport.Comparisons;
import io.pointwise.cli.bench.BenchReport.Ratios;
import io.pointwise.cli.bench.BenchReport.RefusedLayer;
import io.pointwise.cli.bench.BenchReport.Result;
import io.pointwise.cli.bench.BenchReport.Time;
import io.pointwise.cli.bench.Reporter.GroupReport;
import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.Table;
import io.pointwise.cli.output.Table.Cell;
import io.pointwise.cli.output.Table.Tone;
import io.pointwise.cli.output.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reports for people: a table for each comparison with its ratios, one table for all layers on
 * their own.
 */
final class BenchTable {
  private final Screen screen;
  private final boolean transfers;
  private final boolean baseline;

  /**
   * @param baseline whether there is an earlier run to compare with
   */
  BenchTable(Screen screen, List<GroupReport> groups, boolean baseline) {
    this.screen = screen;
    this.baseline = baseline;
    this.transfers =
        groups.stream()
            .flatMap(group -> group.results().stream())
            .anyMatch(result -> result.transfer() != null && result.transfer().median() > 0);
  }

  void print(List<GroupReport> groups) {
    List<GroupReport> alone = new ArrayList<>();
    for (GroupReport group : groups) {
      if (group.group().isComparison()) {
        printTable(alone);
        alone.clear();
        printComparison(group);
      } else {
        alone.add(group);
      }
    }
    printTable(alone);
    if (groups.stream()
        .flatMap(group -> group.results().stream())
        .anyMatch(result -> result.fractionOfPeak() != null)) {
      screen
          .out()
          .println("% peak: median of each sample's speed / the FMA peak measured just before it");
    }
    if (baseline) {
      screen.out().println("baseline: the earlier median time / this one; above 1 is faster now");
    }
  }

  private void printComparison(GroupReport group) {
    screen.out().println();
    screen.out().println(group.group().title());
    printTable(List.of(group));
    Comparisons comparisons = group.comparisons();
    if (comparisons == null) {
      return;
    }
    screen.out().println();
    Table table =
        new Table()
            .left("against " + comparisons.base())
            .right("parameters")
            .right("MACs")
            .right("bytes")
            .right("time measured");
    for (Ratios ratios : comparisons.rows()) {
      table.row(
          ratios.name(),
          Units.ratio(ratios.parameters()),
          Units.ratio(ratios.macs()),
          Units.ratio(ratios.bytes()),
          ratios.time() == null ? "none" : Units.ratio(ratios.time()));
    }
    table.print(screen);
    comparisons.notes().forEach(note -> screen.paragraph("note: " + note));
  }

  private void printTable(List<GroupReport> groups) {
    if (groups.isEmpty()) {
      return;
    }
    Table table =
        new Table()
            .left("layer")
            .left("algorithm")
            .right("params")
            .right("MACs")
            .right("time")
            .right("p10–p90")
            .right("GFLOP/s")
            .right("% peak")
            .left("verified");
    if (transfers) {
      table.right("transfers");
    }
    if (baseline) {
      table.right("baseline");
    }
    for (GroupReport group : groups) {
      group.results().forEach(result -> table.row(row(result)));
      group.refused().forEach(refused -> table.row(row(refused)));
    }
    screen.out().println();
    table.print(screen);
    groups.stream().flatMap(group -> group.results().stream()).forEach(this::printWrong);
  }

  private List<Cell> row(Result result) {
    boolean ok = result.verification().ok();
    Time time = result.time();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(result.layer().name()));
    cells.add(Cell.of(result.algorithm()));
    cells.add(Cell.of(Units.exact(result.parameters())));
    cells.add(Cell.of(Units.count(result.macs())));
    cells.add(Cell.of(time == null ? "" : Units.time(time.median())));
    cells.add(Cell.of(time == null ? "" : Units.timeRange(time.p10(), time.p90())));
    cells.add(Cell.of(result.gflops() == null ? "" : Units.digits(result.gflops())));
    cells.add(Cell.of(percent(result.fractionOfPeak())));
    cells.add(new Cell(ok ? "yes" : "WRONG", ok ? Tone.GOOD : Tone.BAD));
    if (transfers) {
      BenchReport.Transfer transfer = result.transfer();
      cells.add(Cell.of(transfer == null ? "" : Units.time(transfer.median())));
    }
    if (baseline) {
      Double ratio = result.baselineRatio();
      cells.add(Cell.of(ratio == null ? "none" : Units.digits(ratio) + "×"));
    }
    return cells;
  }

  private static String percent(@Nullable Double fraction) {
    return fraction == null ? "" : String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }

  private static List<Cell> row(RefusedLayer refused) {
    return List.of(
        Cell.of(refused.layer().name()),
        Cell.of(refused.algorithm()),
        new Cell("refused: " + refused.reason(), Tone.BAD));
  }

  private void printWrong(Result result) {
    if (result.verification().detail() != null) {
      screen
          .out()
          .println(
              "WRONG: "
                  + result.layer().name()
                  + ", "
                  + result.algorithm()
                  + ": "
                  + result.verification().detail());
    }
  }
}
