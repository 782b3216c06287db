// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.DeviceLine;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.UserFile;
import io.pointwise.device.Device;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Planner;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what would become of a network on a device; makes no weights and runs nothing. */
@Command(
    name = "explain",
    description = "Shapes, cost, dispatch and memory of a network, without running it.")
public final class ExplainCommand implements Callable<Integer> {
  private static final long SEED = 42;
  private static final String MODEL_ENDING = ".onnx";

  private final Session session;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "NETWORK",
      description =
          "A ready network, such as resnet50 (a wrong name lists them all), or an ONNX model.")
  private @Nullable String network;

  @Option(names = "--batch", paramLabel = "N", description = "Images at once; default 1.")
  private int batch = 1;

  @Option(
      names = "--input",
      paramLabel = "NAME=SHAPE",
      description =
          "The shape of an input of an ONNX model that leaves dimensions open, as"
              + " data=1x3x224x224 (repeatable); open dimensions are 1 otherwise.")
  private List<String> inputs = new ArrayList<>();

  public ExplainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Network wanted = network();
    json.check();
    Devices.Selection selection = common.open(session);
    try (Device device = selection.device()) {
      Blueprint blueprint = Planner.blueprint(wanted, device, common.planOptions(device));
      ExplainReport report = ExplainReport.of(blueprint, selection.skipped());
      if (!json.takesOutput()) {
        session
            .screen()
            .out()
            .println("network: " + wanted.name() + ", inputs " + wanted.inputs().values());
        DeviceLine.print(session.screen(), device.info(), report.precision(), selection.skipped());
        new ExplainTable(report, session.screen()).print();
      }
      json.write(report, session.screen());
      return ExitStatus.DONE;
    }
  }

  private Network network() {
    if (batch < 1) {
      throw CommandFailure.usage("--batch=" + batch + " must be at least 1");
    }
    String name = name();
    if (isModel(name)) {
      return ModelShapes.network(name, inputs, batch);
    }
    if (!inputs.isEmpty()) {
      throw CommandFailure.usage("--input goes with an ONNX model; " + name + " has its own shape");
    }
    if (!Networks.names().contains(name)) {
      throw CommandFailure.usage(
          "there is no network \""
              + name
              + "\"; the networks are "
              + String.join(", ", Networks.names())
              + ", and files that end with "
              + MODEL_ENDING);
    }
    Network found = Networks.get(name, SEED);
    return batch == 1 ? found : found.withBatch(batch);
  }

  /** A ready network wins over a file of its name; {@code ./resnet50} is the file. */
  private static boolean isModel(String name) {
    return !Networks.names().contains(name)
        && (name.toLowerCase(Locale.ROOT).endsWith(MODEL_ENDING)
            || Files.isRegularFile(UserFile.path(name)));
  }

  /** In {@code explain --json resnet50} the word is the network, not a file. */
  private String name() {
    if (network != null) {
      return network;
    }
    String word = json.file();
    if (word != null && Networks.names().contains(word)) {
      json.giveBackFile();
      return word;
    }
    throw CommandFailure.usage(
        "which network? one of " + String.join(", ", Networks.names()) + ", or an ONNX model");
  }
}
