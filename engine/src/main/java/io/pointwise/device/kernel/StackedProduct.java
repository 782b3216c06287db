// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.Step;
import io.pointwise.layer.Broadcast;
import io.pointwise.tensor.Shape;

/**
 * Products of stacked matrices, {@code [m, k]} by {@code [k, n]}.
 *
 * @param m rows of a product
 * @param n columns of a product
 * @param k terms of an element's sum
 * @param stack loops over the products; the operands move by whole matrices
 */
public record StackedProduct(int m, int n, int k, Nest stack) {
  /** Of a step that multiplies matrices. */
  public static StackedProduct of(Step step) {
    Shape a = step.inputs().get(0);
    Shape b = step.inputs().get(1);
    Shape out = step.output();
    // Steps of the stacks alone: a matrix counts as one element.
    Shape stack = out.with(-1, 1).with(-2, 1);
    long[] stepsA = Broadcast.strides(a.with(-1, 1).with(-2, 1), stack);
    long[] stepsB = Broadcast.strides(b.with(-1, 1).with(-2, 1), stack);
    Nest nest = new Nest(2);
    for (int axis = 0; axis < stack.rank(); axis++) {
      nest.loop(stack.dim(axis), stepsA[axis], stepsB[axis]);
    }
    return new StackedProduct(out.dim(-2), out.dim(-1), a.dim(-1), nest);
  }
}
