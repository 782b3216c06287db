// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.Step;
import io.pointwise.layer.Activation;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;

/** Functions of one element: activations and PReLU. */
public final class Activating {
  private Activating() {}

  public static void function(Step step, Weights weights, StepOutline outline) {
    outline
        .launch("activate")
        .input(0)
        .output()
        .items(step.output().elements())
        .activation(((Activation) step.operation()).function())
        .add();
  }

  public static void prelu(Step step, Weights weights, StepOutline outline) {
    Shape shape = step.output();
    boolean perChannel = weights.get(Role.SLOPE).shape().elements() > 1;
    outline
        .launch("prelu")
        .input(0)
        .output()
        .buffer(outline.weights(weights.get(Role.SLOPE)))
        .indices(shape.elements(2, shape.rank()), perChannel ? shape.dim(1) : 1)
        .items(shape.elements())
        .add();
  }
}
