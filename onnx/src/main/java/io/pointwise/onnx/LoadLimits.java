// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

/**
 * How much memory loading a model may take; what asks for more is refused before it is allocated.
 *
 * @param fileBytes size of the model file without external data; at most 2 GiB, the limit of the
 *     format
 * @param tensorBytes all tensors of the model together, those that its constant parts compute
 *     included
 */
public record LoadLimits(long fileBytes, long tensorBytes) {
  /** 2 GiB for the file, 8 GiB for the tensors. */
  public static final LoadLimits DEFAULT = new LoadLimits(Integer.MAX_VALUE, 8L << 30);

  public LoadLimits {
    if (fileBytes < 0 || tensorBytes < 0) {
      throw new IllegalArgumentException(
          "limits of " + fileBytes + " and " + tensorBytes + " bytes must be at least 0");
    }
  }
}
