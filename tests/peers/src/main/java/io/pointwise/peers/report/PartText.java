// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.output.Units;
import java.util.List;
import java.util.Locale;

/** The text of one part of a page. */
final class PartText {
  private static final List<LayerKind> TABLES =
      List.of(LayerKind.POINTWISE, LayerKind.THREE, LayerKind.OTHER);

  private final Grids grids;
  private final StringBuilder text = new StringBuilder();

  private PartText(List<String> peers) {
    this.grids = new Grids(peers, true);
  }

  /** Without its marks; ends with a line break. */
  static String of(PeersReport report, PagePart part) {
    PartText text = new PartText(List.copyOf(report.versions().keySet()));
    text.paragraph(Machine.sentence(report));
    for (ThreadsRun run : report.runs()) {
      text.paragraph(Machine.threads(run));
      switch (part) {
        case LAYERS -> text.layers(run, false);
        case OTHERS -> text.layers(run, true);
        case NETWORKS -> text.networks(run);
        case FIRST_RUNS -> text.grid(text.grids.firstRuns(run.networks()));
      }
      text.faults(run, part);
    }
    return text.text.toString().stripTrailing() + "\n";
  }

  private void layers(ThreadsRun run, boolean random) {
    for (LayerSet set : run.layerSets()) {
      if (set.random() != random) {
        continue;
      }
      for (LayerKind kind : TABLES) {
        List<LayerResult> results =
            set.results().stream().filter(result -> kind.has(result.layer())).toList();
        if (!results.isEmpty()) {
          paragraph(threads(run) + ", " + kind.label() + " layers of \"" + set.name() + "\":");
          grid(grids.layers(results));
        }
      }
      summaries(set.summary(), "layers");
    }
  }

  private void networks(ThreadsRun run) {
    grid(grids.networks(run.networks()));
    summaries(run.networkSummary(), "networks");
    paragraph("Most memory resident, each library in a process of its own:");
    grid(grids.memory(run.networks()));
  }

  private void summaries(List<Summary> summaries, String what) {
    for (Summary each : summaries) {
      text.append(
          String.format(
              Locale.ROOT,
              "- beside %s, %s %s: geometric mean %s over %d, least %s\n",
              each.peer(),
              each.kind(),
              what,
              Units.digits(each.geometricMean()),
              each.count(),
              Units.digits(each.least())));
    }
    text.append('\n');
  }

  private void faults(ThreadsRun run, PagePart part) {
    List<String> faults = Faults.of(run.only(part));
    faults.forEach(fault -> text.append("- ").append(fault).append('\n'));
    if (!faults.isEmpty()) {
      text.append('\n');
    }
  }

  private void paragraph(String sentence) {
    text.append(sentence).append("\n\n");
  }

  private void grid(Grid grid) {
    if (!grid.isEmpty()) {
      text.append(grid.markdown()).append('\n');
    }
  }

  private static String threads(ThreadsRun run) {
    return run.threads() + (run.threads() == 1 ? " thread" : " threads");
  }
}
