// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.image.ImageOptions;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.UserFile;
import io.pointwise.cli.tensor.TensorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs a model. No class of ONNX is in the signatures here, which are inspected also where only
 * help is asked for.
 */
@Command(
    name = "run",
    description = {
      "Runs an ONNX model on images or tensors.",
      "Images become tensors in this order: decoded to red, green, blue (or grey) from 0 to 255,"
          + " transparency ignored; resized; made grey (ITU-R BT.601 luma) or colour as the model"
          + " takes it; red and blue exchanged for --bgr; multiplied by --scale; less --mean;"
          + " divided by --std. Tensors are taken as they are, floating-point numbers rounded to"
          + " the model's type.",
      "Output values are shown as the model gives them: no softmax is applied."
    })
public final class RunCommand implements Callable<Integer> {
  private static final int MOST_REPEATS = 1_000_000;
  private static final int MOST_BATCH = 65_536;

  private final Session session;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Mixin private final ImageOptions images = new ImageOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Parameters(index = "0", paramLabel = "MODEL.onnx", description = "The model.")
  private String model = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "INPUT",
      description =
          "Images (.png, .jpg, .gif, .bmp) or tensors (.npy, .pb: ONNX TensorProto): one for each"
              + " input of the model, in its order. A model with one input takes any number, and"
              + " runs once for each, or for as many at once as its batch is fixed to.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Names of the classes, one a line, also with a number before them as 0,tench.")
  private @Nullable String labels;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many of the highest scores are shown; default 5.")
  private int top = 5;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Writes the output as .npy or .pb. Where there are several, each file's name gets the"
              + " number of the run and that of the output: out_0_1.npy.")
  private @Nullable String output;

  @Option(
      names = "--profile",
      description = "Shows for each layer the algorithm, its time and its share.")
  private boolean profile;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description =
          "Warms up, then runs every input N times: latency and throughput, from tensors in the"
              + " host's memory to tensors in the host's memory.")
  private @Nullable Integer repeat;

  @Option(
      names = "--idx-images",
      paramLabel = "FILE",
      description =
          "Images in the idx format of MNIST, plain or gzip, in place of INPUT: classifies all of"
              + " them once.")
  private @Nullable String idxImages;

  @Option(
      names = "--idx-labels",
      paramLabel = "FILE",
      description = "The classes of these images: shows the accuracy.")
  private @Nullable String idxLabels;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Images of --idx-images at once; default 64, or as many as the model is fixed to.")
  private @Nullable Integer batch;

  public RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunRequest request =
        new RunRequest(
            model,
            List.copyOf(inputs),
            images.preprocessing(),
            labels,
            top,
            output,
            profile,
            repeat,
            digits());
    check(request);
    json.check();
    new ModelRun(session, common, json, request).run();
    return ExitStatus.DONE;
  }

  private RunRequest.@Nullable Digits digits() {
    if (idxImages == null && idxLabels == null) {
      if (batch != null) {
        throw CommandFailure.usage("--batch goes with --idx-images");
      }
      return null;
    }
    if (idxImages == null || idxLabels == null) {
      throw CommandFailure.usage("--idx-images and --idx-labels go together");
    }
    if (batch != null && (batch < 1 || batch > MOST_BATCH)) {
      throw CommandFailure.usage("--batch=" + batch + " must be from 1 to " + MOST_BATCH);
    }
    return new RunRequest.Digits(idxImages, idxLabels, batch);
  }

  private static void check(RunRequest request) {
    if (request.top() < 1) {
      throw CommandFailure.usage("--top=" + request.top() + " must be at least 1");
    }
    Integer repeats = request.repeat();
    if (repeats != null && (repeats < 1 || repeats > MOST_REPEATS)) {
      throw CommandFailure.usage("--repeat=" + repeats + " must be from 1 to " + MOST_REPEATS);
    }
    if (request.digits() != null) {
      boolean more =
          !request.inputs().isEmpty()
              || request.output() != null
              || request.labels() != null
              || request.profile()
              || repeats != null;
      if (more) {
        throw CommandFailure.usage(
            "--idx-images takes no INPUT, --labels, --output, --profile or --repeat beside it");
      }
    }
    if (request.output() != null) {
      TensorFile.requireFormat("--output", request.output());
      UserFile.requireWritable(request.output());
    }
  }
}
