// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.DeviceLine;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.Progress;
import io.pointwise.device.Device;
import io.pointwise.device.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what a device computes with what it should compute. */
@Command(
    name = "verify",
    description = {
      "A device against ONNX test cases, or against the reference.",
      "With CASE: each model runs on its inputs, and its outputs must have the expected types,"
          + " shapes and values: |a - b| <= atol + rtol * |b|, NaN only where NaN is expected,"
          + " infinities, integers and booleans exactly. UNSUPPORTED is neither passed nor failed:"
          + " a valid model with an operator that Pointwise does not have.",
      "Without: the layers of all suites of bench and the ready networks run on the device, each"
          + " element within a bound computed from the terms of its sum. Large images are cut down"
          + " to keep this short; the names tell the sizes."
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "CASE",
      description =
          "A folder with model.onnx and test_data_set_*/input_K.pb and output_K.pb; a file X.onnx"
              + " beside X_output_0.pb (its input is arange(n)/n); or a folder of such.")
  private List<String> places = new ArrayList<>();

  @Option(names = "--rtol", paramLabel = "R", description = "Relative tolerance; default 1e-3.")
  private double rtol = 1e-3;

  @Option(names = "--atol", paramLabel = "A", description = "Absolute tolerance; default 1e-5.")
  private double atol = 1e-5;

  public VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    requireTolerance("--rtol", rtol);
    requireTolerance("--atol", atol);
    List<TestCase> cases = new ArrayList<>();
    places.forEach(place -> cases.addAll(CaseFinder.find(place)));
    json.check();
    Devices.Selection selection = common.open(session);
    try (Device device = selection.device()) {
      var options = common.planOptions(session, device);
      String precision = common.precision().name().toLowerCase(Locale.ROOT);
      if (!json.takesOutput()) {
        DeviceLine.print(session.screen(), device.info(), precision, selection.skipped());
        session.screen().flush();
      }
      List<CaseResult> results =
          places.isEmpty()
              ? runAll(DeviceCases.all(), DeviceCase::name, new DeviceCaseRunner(device, options))
              : runAll(
                  cases,
                  TestCase::name,
                  new CaseRunner(device, options, new Tolerance(rtol, atol))::run);
      VerifyReport report = VerifyReport.of(selection, precision, results);
      if (!json.takesOutput()) {
        session
            .screen()
            .out()
            .println(
                report.passed()
                    + " passed, "
                    + report.failed()
                    + " failed, "
                    + report.unsupported()
                    + " unsupported");
      }
      json.write(report, session.screen());
      return report.failed() > 0 ? ExitStatus.WRONG_RESULT : ExitStatus.DONE;
    }
  }

  private static void requireTolerance(String option, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw CommandFailure.usage(option + "=" + value + " must be a number of at least 0");
    }
  }

  private <T> List<CaseResult> runAll(
      List<T> cases, Function<T, String> name, Function<T, CaseResult> runner) {
    Progress progress = new Progress(session.screen());
    List<CaseResult> results = new ArrayList<>();
    for (T each : cases) {
      progress.show(
          "verifying " + (results.size() + 1) + " of " + cases.size() + ": " + name.apply(each));
      CaseResult result;
      try {
        result = runner.apply(each);
      } finally {
        progress.clear();
      }
      results.add(result);
      if (!json.takesOutput()) {
        ResultLine.print(session.screen(), result);
      }
    }
    return results;
  }
}
