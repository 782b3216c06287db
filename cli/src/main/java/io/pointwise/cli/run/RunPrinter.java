// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.output.DeviceLine;
import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.Table;
import io.pointwise.cli.output.Units;
import io.pointwise.device.Devices;
import io.pointwise.onnx.OnnxModel;
import io.pointwise.onnx.OnnxValue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells people what is in a {@link RunReport}, as it comes. */
final class RunPrinter {
  /** Rows of a batch whose scores are shown. */
  private static final int MOST_ROWS = 16;

  private final Screen screen;
  private final PrintWriter out;

  RunPrinter(Screen screen) {
    this.screen = screen;
    this.out = screen.out();
  }

  void head(String file, OnnxModel model, Devices.Selection selection, String precision) {
    out.println("model: " + file);
    out.println("  takes " + values(model.inputs()));
    out.println("  gives " + values(model.outputs()));
    DeviceLine.print(screen, selection.device().info(), precision, selection.skipped());
    screen.flush();
  }

  private static String values(List<OnnxValue> values) {
    return values.isEmpty()
        ? "nothing"
        : values.stream()
            .map(value -> value.name() + " " + value.type().label() + " " + Dims.text(value))
            .collect(Collectors.joining(", "));
  }

  /**
   * @param labelled whether only the names of the best classes are of interest
   */
  void outputs(String title, List<RunReport.OutputJson> outputs, boolean labelled) {
    out.println();
    out.println(title.isEmpty() ? "no input" : title);
    for (RunReport.OutputJson output : outputs) {
      List<RunReport.TopJson> top = output.top();
      boolean onlyTop = labelled && top != null;
      out.println("  " + output.name() + ": " + (onlyTop ? type(output) : summary(output)));
      if (!onlyTop && output.file() == null && !output.first().isEmpty()) {
        out.println("    first: " + first(output));
      }
      if (top != null) {
        top(top);
      }
      if (output.file() != null) {
        out.println("    written to " + output.file());
      }
    }
    screen.flush();
  }

  private static String type(RunReport.OutputJson output) {
    String dims = output.shape().stream().map(String::valueOf).collect(Collectors.joining("×"));
    return output.type() + " " + (dims.isEmpty() ? "scalar" : dims);
  }

  private static String summary(RunReport.OutputJson output) {
    return type(output)
        + ", min "
        + number(output.min())
        + ", max "
        + number(output.max())
        + ", mean "
        + number(output.mean())
        + (output.nan() > 0 ? ", not a number: " + Units.exact(output.nan()) : "");
  }

  private static String first(RunReport.OutputJson output) {
    long elements =
        output.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    return output.first().stream().map(RunPrinter::number).collect(Collectors.joining(", "))
        + (elements > output.first().size() ? ", …" : "");
  }

  private void top(List<RunReport.TopJson> top) {
    int rows = top.getLast().row() + 1;
    Table table = rows > 1 ? new Table().right("image") : new Table();
    table.right("score").right("class").left("label");
    for (RunReport.TopJson entry : top) {
      if (entry.row() < MOST_ROWS) {
        Stream<String> row =
            Stream.of(
                String.valueOf(entry.row()),
                number(entry.value()),
                String.valueOf(entry.index()),
                Objects.requireNonNullElse(entry.label(), ""));
        table.row(row.skip(rows > 1 ? 0 : 1).map(Table.Cell::of).toList());
      }
    }
    table.lines(screen.colour()).forEach(line -> out.println("    " + line));
    if (rows > MOST_ROWS) {
      out.println("    and " + (rows - MOST_ROWS) + " more images");
    }
  }

  /** Six significant digits, integers as they are. */
  static String number(@Nullable Double value) {
    if (value == null) {
      return "none";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return whole
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.6g", value);
  }

  void timing(RunReport.TimingJson timing) {
    RunReport.LatencyJson latency = timing.latency();
    out.println();
    out.println(
        "latency: "
            + Units.time(latency.median())
            + " (median of "
            + latency.samples()
            + "; p10–p90 "
            + Units.timeRange(latency.p10(), latency.p90())
            + "), throughput: "
            + Units.digits(timing.throughput())
            + " images/s, "
            + timing.images()
            + " at once");
  }

  void profile(List<RunReport.StepJson> steps) {
    out.println();
    if (steps.isEmpty()) {
      out.println("profile: nothing runs on the device");
      return;
    }
    Table table = new Table().left("layers").left("operation").left("algorithm");
    table.right("time").right("share");
    long sum = 0;
    for (RunReport.StepJson step : steps) {
      sum += step.time();
      table.row(
          step.layers().isEmpty() ? "" : String.join(", ", step.layers()),
          step.operation(),
          step.algorithm(),
          Units.time(step.time()),
          percent(step.share()));
    }
    table.row("all", "", "", Units.time(sum), percent(1));
    table.print(screen);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  void accuracy(RunReport.AccuracyJson accuracy) {
    out.println();
    out.println(
        "accuracy: "
            + accuracy.correct()
            + " of "
            + accuracy.images()
            + " images, "
            + String.format(Locale.ROOT, "%.2f %%", 100 * accuracy.accuracy()));
    out.println(
        "one pass in batches of "
            + accuracy.batch()
            + ": "
            + String.format(Locale.ROOT, "%.2f", accuracy.seconds())
            + " s, "
            + Units.digits(accuracy.throughput())
            + " images/s");
  }
}
