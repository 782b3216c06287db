// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.image.ImageTensor;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.Progress;
import io.pointwise.cli.output.RanDevice;
import io.pointwise.cli.output.SkippedDevice;
import io.pointwise.cli.output.UserFile;
import io.pointwise.device.Device;
import io.pointwise.device.Devices;
import io.pointwise.onnx.Onnx;
import io.pointwise.onnx.OnnxModel;
import io.pointwise.onnx.OnnxSession;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens the model and the device and does what was asked for. */
final class ModelRun {
  private static final int PROFILED_RUNS = 10;

  private final Session session;
  private final CommonOptions common;
  private final JsonOption json;
  private final RunRequest request;
  private final @Nullable RunPrinter printer;
  private final List<RunReport.InputJson> inputs = new ArrayList<>();
  private final List<RunReport.OutputJson> outputs = new ArrayList<>();
  private RunReport.@Nullable TimingJson timing;
  private @Nullable List<RunReport.StepJson> profile;
  private RunReport.@Nullable AccuracyJson accuracy;

  ModelRun(Session session, CommonOptions common, JsonOption json, RunRequest request) {
    this.session = session;
    this.common = common;
    this.json = json;
    this.request = request;
    this.printer = json.takesOutput() ? null : new RunPrinter(session.screen());
  }

  void run() {
    OnnxModel model = Onnx.open(UserFile.existing(request.model()));
    RunRequest.Digits digits = request.digits();
    Classification classification =
        digits == null ? null : new Classification(digits, request.preprocessing(), model);
    List<InputSet> sets =
        digits == null ? InputSet.of(model.inputs(), request.inputs()) : List.of();
    Labels labels = request.labels() == null ? null : Labels.read(request.labels());
    Devices.Selection selection = common.open(session);
    try (Device device = selection.device();
        OnnxSession planned = model.session(device, common.planOptions(session, device))) {
      String precision = common.precision().name().toLowerCase(Locale.ROOT);
      if (printer != null) {
        printer.head(request.model(), model, selection, precision);
      }
      if (classification != null) {
        accuracy = classification.run(planned, new Progress(session.screen()), System::nanoTime);
        if (printer != null) {
          printer.accuracy(accuracy);
        }
      } else {
        runAll(model, planned, sets, labels);
      }
      RunReport report =
          new RunReport(
              RunReport.SCHEMA,
              HostEnvironment.of(session.devices(), selection),
              new RunReport.ModelJson(
                  request.model(), model.name(), values(model.inputs()), values(model.outputs())),
              RanDevice.of(device.info()),
              SkippedDevice.of(selection.skipped()),
              precision,
              inputs,
              outputs,
              timing,
              profile,
              accuracy);
      json.write(report, session.screen());
    }
  }

  private static List<RunReport.ValueJson> values(List<OnnxValue> values) {
    return values.stream()
        .map(
            value ->
                new RunReport.ValueJson(
                    value.name(),
                    value.type().label(),
                    value.dims().stream().map(OnnxValue.Dim::size).toList()))
        .toList();
  }

  private void runAll(
      OnnxModel model, OnnxSession planned, List<InputSet> sets, @Nullable Labels labels) {
    OutputFiles files = OutputFiles.of(request.output(), sets.size(), model.outputs().size());
    Repetition repetition = new Repetition(System::nanoTime);
    OutputReader reader = new OutputReader(labels, request.top(), session.screen());
    int images = 1;
    for (int run = 0; run < sets.size(); run++) {
      InputSet set = sets.get(run);
      List<TypedTensor> tensors = set.read(request.preprocessing());
      noteInputs(run, set, tensors);
      List<TypedTensor> results = planned.run(tensors);
      List<RunReport.OutputJson> described = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        String name = model.outputs().get(i).name();
        String file = files == null ? null : files.write(run, i, name, results.get(i));
        described.add(reader.describe(run, name, results.get(i), file));
      }
      outputs.addAll(described);
      if (printer != null) {
        printer.outputs(set.title(), described, labels != null);
      }
      if (run == 0) {
        images = images(set, tensors);
      }
      Integer repeat = request.repeat();
      if (repeat != null) {
        if (run == 0) {
          Repetition.warmUp(() -> planned.run(tensors));
        }
        repetition.time(repeat, images(set, tensors), () -> planned.run(tensors));
      }
      if (run == 0 && request.profile()) {
        int runs = repeat == null ? PROFILED_RUNS : repeat;
        Repetition.warmUp(() -> planned.profile(tensors));
        profile = StepProfile.of(planned, tensors, runs);
      }
    }
    if (request.repeat() != null) {
      timing =
          new RunReport.TimingJson(
              request.repeat(), images, repetition.latency(), repetition.throughput());
      if (printer != null) {
        printer.timing(timing);
      }
    }
    if (printer != null && profile != null) {
      printer.profile(profile);
    }
  }

  private static int images(InputSet set, List<TypedTensor> tensors) {
    if (tensors.isEmpty()) {
      return 1;
    }
    List<String> files = set.sources().getFirst().files();
    Shape shape = tensors.getFirst().shape();
    return ImageTensor.isImage(files.getFirst())
        ? files.size()
        : shape.rank() < 2 ? 1 : shape.dim(0);
  }

  private void noteInputs(int run, InputSet set, List<TypedTensor> tensors) {
    for (int i = 0; i < tensors.size(); i++) {
      InputSet.Source source = set.sources().get(i);
      inputs.add(
          new RunReport.InputJson(
              run,
              source.value().name(),
              source.files(),
              tensors.get(i).type().label(),
              dims(tensors.get(i).shape())));
    }
  }

  static List<Integer> dims(Shape shape) {
    return Arrays.stream(shape.toArray()).boxed().toList();
  }
}
