// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.onnx.OnnxValue;
import java.util.stream.Collectors;

/** Dimensions of a model's inputs and outputs as text. */
final class Dims {
  private Dims() {}

  /** As {@code batch×3×224×224}: sizes, or the names of those that the model leaves free. */
  static String text(OnnxValue value) {
    return value.dims().isEmpty()
        ? "scalar"
        : value.dims().stream().map(OnnxValue.Dim::toString).collect(Collectors.joining("×"));
  }
}
