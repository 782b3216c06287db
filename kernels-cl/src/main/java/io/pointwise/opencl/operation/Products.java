// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.device.kernel.StackedProduct;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.ValueLayout;

/** Products of matrices. */
final class Products {
  /** Outputs of a work-item: one vector. */
  private static final int LANES = 16;

  private Products() {}

  static void linear(Step step, Weights weights, StepBuilder builder) {
    int in = step.input().dim(1);
    int out = ((Linear) step.operation()).out();
    long blocks = Math.ceilDiv(out, LANES);
    builder
        .launch("linear")
        .define("LANES", LANES)
        .input(0)
        .output()
        .buffer(blocked(weights.get(Role.WEIGHT), in, out, builder))
        .buffer(bias(weights, blocks * LANES, builder))
        .indices(in, out, blocks)
        .items(step.input().dim(0) * blocks)
        .epilogue()
        .add();
  }

  /** {@code [out/16, in, 16]}: a work-item reads a run of memory, vector by vector. */
  private static ClBuffer blocked(Tensor weight, int in, int out, StepBuilder builder) {
    long blocks = Math.ceilDiv(out, LANES);
    return builder.packed(
        blocks * LANES * in,
        target -> {
          for (int o = 0; o < out; o++) {
            long at = (long) (o / LANES) * in * LANES + o % LANES;
            for (int i = 0; i < in; i++) {
              target.setAtIndex(
                  ValueLayout.JAVA_FLOAT, at + (long) i * LANES, weight.get((long) o * in + i));
            }
          }
        });
  }

  /** The bias with zeros behind it; all zeros where there is none. */
  static ClBuffer bias(Weights weights, long padded, StepBuilder builder) {
    return builder.packed(
        padded,
        target -> {
          if (weights.has(Role.BIAS)) {
            Tensor bias = weights.get(Role.BIAS);
            target.asSlice(0, bias.shape().bytes()).copyFrom(bias.memory());
          }
        });
  }

  static void matMul(Step step, Weights weights, StepBuilder builder) {
    StackedProduct product = StackedProduct.of(step);
    int lanes = product.n() >= LANES ? LANES : 1;
    builder
        .launch("matmul")
        .define("LANES", lanes)
        .input(0)
        .input(1)
        .output()
        .buffer(builder.table(product.stack().table()))
        .integer(product.stack().rank())
        .indices(product.m(), product.n(), product.k())
        .items(
            step.output().elements() == 0
                ? 0
                : product.stack().turns() * product.m() * Math.ceilDiv(product.n(), lanes))
        .add();
  }
}
