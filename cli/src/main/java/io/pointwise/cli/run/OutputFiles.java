// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.output.UserFile;
import io.pointwise.cli.tensor.TensorFile;
import io.pointwise.onnx.TypedTensor;
import org.jspecify.annotations.Nullable;

/**
 * Where outputs are written to: {@code out.npy}, or {@code out_RUN_OUTPUT.npy} with the numbers of
 * which there are several.
 */
final class OutputFiles {
  private final String file;
  private final boolean severalRuns;
  private final boolean severalOutputs;

  private OutputFiles(String file, boolean severalRuns, boolean severalOutputs) {
    this.file = file;
    this.severalRuns = severalRuns;
    this.severalOutputs = severalOutputs;
  }

  /** Places for so many outputs of so many runs; null where nothing is to be written. */
  static @Nullable OutputFiles of(@Nullable String file, int runs, int outputs) {
    return file == null ? null : new OutputFiles(file, runs > 1, outputs > 1);
  }

  /** The file of an output. */
  String name(int run, int output) {
    int dot = file.lastIndexOf('.');
    return file.substring(0, dot)
        + (severalRuns ? "_" + run : "")
        + (severalOutputs ? "_" + output : "")
        + file.substring(dot);
  }

  /** Writes an output and returns where it is. */
  String write(int run, int output, String name, TypedTensor tensor) {
    String target = name(run, output);
    UserFile.requireWritable(target);
    TensorFile.write(target, name, tensor);
    return target;
  }
}
