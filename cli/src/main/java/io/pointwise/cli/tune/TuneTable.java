// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tune;

import io.pointwise.cli.explain.CandidateJson;
import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.Table;
import io.pointwise.cli.output.Units;
import io.pointwise.tuning.Origin;
import java.util.ArrayList;
import java.util.List;

/** What was measured, for people: a line a step that had something to decide, then sums. */
final class TuneTable {
  private final TuneReport report;
  private final Screen screen;

  TuneTable(TuneReport report, Screen screen) {
    this.report = report;
    this.screen = screen;
  }

  void print() {
    Table table =
        new Table()
            .left("step")
            .left("chosen")
            .right("time")
            .left("own order")
            .right("speedup")
            .left("from")
            .left("other candidates");
    for (TuneReport.Step step : report.steps()) {
      Long nanos = step.medianNanos();
      Double speedup = step.speedup();
      if (nanos != null) {
        table.row(
            name(step),
            step.algorithm(),
            Units.time(nanos),
            step.heuristic(),
            speedup == null ? "" : Units.ratio(speedup),
            step.choice(),
            others(step));
      }
    }
    screen.out().println();
    table.print(screen);
    screen.out().println();
    screen
        .out()
        .println(
            report.count(Origin.MEASURED)
                + " steps measured, "
                + report.count(Origin.STORED)
                + " stored already, "
                + report.count(Origin.HEURISTIC)
                + " with nothing to decide; results in "
                + report.store());
  }

  /** A layer on its own goes by its network's name, which is the layer's. */
  private String name(TuneReport.Step step) {
    long steps =
        report.steps().stream().filter(each -> each.network().equals(step.network())).count();
    boolean alone = report.steps().stream().allMatch(each -> each.network().equals(step.network()));
    return steps == 1 ? step.network() : alone ? step.name() : step.network() + ": " + step.name();
  }

  private static String others(TuneReport.Step step) {
    List<String> others = new ArrayList<>();
    for (CandidateJson candidate : step.candidates()) {
      Long nanos = candidate.medianNanos();
      if (candidate.verdict().equals("rejected")) {
        others.add(candidate.algorithm() + " rejected");
      } else if (nanos != null && !candidate.algorithm().equals(step.algorithm())) {
        others.add(candidate.algorithm() + " " + Units.time(nanos));
      }
    }
    return String.join(", ", others);
  }
}
