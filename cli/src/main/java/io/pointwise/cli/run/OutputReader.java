// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.output.Screen;
import io.pointwise.onnx.TypedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes outputs. */
final class OutputReader {
  private static final int FIRST = 8;

  private final @Nullable Labels labels;
  private final int top;
  private final Screen screen;
  private boolean warned;

  /**
   * @param labels names of classes, for outputs with as many
   * @param top scores to tell of each row
   * @param screen where it is told that labels fit no output
   */
  OutputReader(@Nullable Labels labels, int top, Screen screen) {
    this.labels = labels;
    this.top = top;
    this.screen = screen;
  }

  RunReport.OutputJson describe(int run, String name, TypedTensor tensor, @Nullable String file) {
    OutputSummary summary = OutputSummary.of(tensor);
    return new RunReport.OutputJson(
        run,
        name,
        tensor.type().label(),
        ModelRun.dims(tensor.shape()),
        number(summary.min()),
        number(summary.max()),
        number(summary.mean()),
        summary.nan(),
        first(tensor),
        Scores.of(tensor).map(scores -> top(name, scores)).orElse(null),
        file);
  }

  private static List<@Nullable Double> first(TypedTensor tensor) {
    List<@Nullable Double> first = new ArrayList<>();
    for (long i = 0; i < Math.min(FIRST, tensor.shape().elements()); i++) {
      first.add(number(tensor.value(i)));
    }
    return first;
  }

  private List<RunReport.TopJson> top(String name, Scores scores) {
    Labels known = labels;
    boolean named = known != null && known.names().size() == scores.classes();
    if (known != null && !named && !warned) {
      warned = true;
      screen
          .err()
          .println(
              "warning: output "
                  + name
                  + " has "
                  + scores.classes()
                  + " classes and there are "
                  + known.names().size()
                  + " labels: they are not shown");
    }
    List<RunReport.TopJson> entries = new ArrayList<>();
    for (int row = 0; row < scores.rows(); row++) {
      for (Scores.Entry entry : scores.top(row, top)) {
        String label =
            Optional.ofNullable(known)
                .filter(_ -> named)
                .map(each -> each.names().get(entry.index()))
                .orElse(null);
        entries.add(new RunReport.TopJson(row, entry.index(), label, number(entry.value())));
      }
    }
    return entries;
  }

  /** JSON has no NaN and no infinity. */
  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
