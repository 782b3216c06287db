// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.layer.Activation;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;

/** Functions of one element: activations and PReLU. */
final class Activating {
  private Activating() {}

  static void function(Step step, Weights weights, StepBuilder builder) {
    builder
        .launch("activate")
        .input(0)
        .output()
        .items(step.output().elements())
        .activation(((Activation) step.operation()).function())
        .add();
  }

  static void prelu(Step step, Weights weights, StepBuilder builder) {
    Shape shape = step.output();
    boolean perChannel = weights.get(Role.SLOPE).shape().elements() > 1;
    builder
        .launch("prelu")
        .input(0)
        .output()
        .buffer(builder.weights(weights.get(Role.SLOPE)))
        .indices(shape.elements(2, shape.rank()), perChannel ? shape.dim(1) : 1)
        .items(shape.elements())
        .add();
  }
}
