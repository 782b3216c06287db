// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.UserFile;
import io.pointwise.onnx.Onnx;
import io.pointwise.onnx.TypedTensor;
import java.util.Locale;

/** Tensors in files that the user named; the ending tells the format. */
public final class TensorFile {
  private static final String NPY = ".npy";
  private static final String PROTO = ".pb";

  private TensorFile() {}

  /** Whether the ending is that of a tensor. */
  public static boolean isTensor(String file) {
    return isNpy(file) || isProto(file);
  }

  private static boolean isNpy(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(NPY);
  }

  private static boolean isProto(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(PROTO);
  }

  /** The tensor in a file of which {@link #isTensor} holds. */
  public static TypedTensor read(String file) {
    return isNpy(file) ? NpyFile.read(file) : Onnx.readTensor(UserFile.existing(file));
  }

  /**
   * Writes a tensor to a file of which {@link #isTensor} holds.
   *
   * @param name of the tensor, where the format keeps it
   */
  public static void write(String file, String name, TypedTensor tensor) {
    if (isNpy(file)) {
      NpyFile.write(file, tensor);
    } else {
      Onnx.writeTensor(UserFile.path(file), name, tensor);
    }
  }

  /** Fails unless the ending tells a format. */
  public static void requireFormat(String option, String file) {
    if (!isTensor(file)) {
      throw CommandFailure.usage(option + "=" + file + " must end with .npy or .pb");
    }
  }
}
