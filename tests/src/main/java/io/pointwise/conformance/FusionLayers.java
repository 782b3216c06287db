// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Flatten;

/** Layers without parameters that cases share. */
final class FusionLayers {
  static final Activation RELU = new Activation(new ActivationFunction.Relu());
  static final Flatten FLATTEN = new Flatten();

  private FusionLayers() {}
}
