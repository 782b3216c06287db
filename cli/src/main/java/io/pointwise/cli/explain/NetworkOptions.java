// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.UserFile;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The network that a command is about: a ready one or a model. Use as a mixin. */
public final class NetworkOptions {
  private static final long SEED = 42;
  private static final String MODEL_ENDING = ".onnx";

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

  /** The network; a usage error without one. */
  public Network required(JsonOption json) {
    return given(json)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "which network? one of "
                        + String.join(", ", Networks.names())
                        + ", or an ONNX model"));
  }

  /** The network, if one was named. */
  public Optional<Network> given(JsonOption json) {
    if (batch < 1) {
      throw CommandFailure.usage("--batch=" + batch + " must be at least 1");
    }
    return name(json).map(this::network);
  }

  private Network network(String name) {
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
  private Optional<String> name(JsonOption json) {
    String word = json.file();
    if (network == null && word != null && Networks.names().contains(word)) {
      json.giveBackFile();
      return Optional.of(word);
    }
    return Optional.ofNullable(network);
  }
}
