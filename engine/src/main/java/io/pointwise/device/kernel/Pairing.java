// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.Step;
import io.pointwise.layer.Add;
import io.pointwise.layer.Broadcast;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Operation;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Locale;

/** Elementwise functions of two or three inputs, broadcast to each other. */
public final class Pairing {
  private Pairing() {}

  public static void pair(Step step, Weights weights, StepOutline outline) {
    Nest nest = nest(step.operands(), step.output());
    outline
        .launch("pairwise")
        .define("FUNCTION", "pair_" + function(step.operation()))
        .input(0)
        .input(1)
        .output()
        .buffer(outline.table(nest.table()))
        .integer(nest.rank())
        .items(step.output().elements())
        .epilogue()
        .add();
  }

  private static String function(Operation operation) {
    return switch (operation) {
      case Add _ -> "add";
      case Mul _ -> "multiply";
      case Elementwise elementwise -> elementwise.function().name().toLowerCase(Locale.ROOT);
      default -> throw new IllegalArgumentException("no function of two: " + operation.kind());
    };
  }

  public static void where(Step step, Weights weights, StepOutline outline) {
    Nest nest = nest(step.operands(), step.output());
    outline
        .launch("where")
        .input(0)
        .input(1)
        .input(2)
        .output()
        .buffer(outline.table(nest.table()))
        .integer(nest.rank())
        .items(step.output().elements())
        .add();
  }

  private static Nest nest(List<Shape> inputs, Shape output) {
    List<long[]> strides = inputs.stream().map(input -> Broadcast.strides(input, output)).toList();
    Nest nest = new Nest(inputs.size());
    for (int axis = 0; axis < output.rank(); axis++) {
      int each = axis;
      nest.loop(output.dim(axis), strides.stream().mapToLong(stride -> stride[each]).toArray());
    }
    return nest;
  }
}
