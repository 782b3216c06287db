// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Broadcast;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.StridedMap;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-matmul}: products of two stacks of matrices by the tiles of the convolutions. */
final class VectorMatMul extends VectorAlgorithm {
  VectorMatMul(Workers workers) {
    super("vector-matmul", workers, List.of(MatMul.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    String refusal = epilogueRefusal(step);
    long packed = (long) step.input().dim(-1) * GemmTiles.ROWS;
    return refusal != null ? refusal : sizeRefusal("packed rows", packed);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Shape a = step.inputs().getFirst();
    Shape b = step.inputs().getLast();
    Shape stack = matrices(step.output());
    StridedMap stackA = broadcast(matrices(a), stack);
    StridedMap stackB = broadcast(matrices(b), stack);
    ProductTasks tasks =
        ProductTasks.of(
            step.output().dim(-2),
            step.output().dim(-1),
            a.dim(-1),
            stack.elements(),
            workers().threads());
    MatrixProduct product = new MatrixProduct(tasks);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    tasks.count(),
                    task -> {
                      long matrix = tasks.matrix(task);
                      product.compute(
                          inputs.getFirst(),
                          stackA.source(matrix),
                          inputs.getLast(),
                          stackB.source(matrix),
                          output,
                          task);
                    }),
        0);
  }

  /** The shape of the stack alone: a matrix counts as one element. */
  private static Shape matrices(Shape shape) {
    return shape.with(-1, 1).with(-2, 1);
  }

  private static StridedMap broadcast(Shape from, Shape to) {
    return new StridedMap(
        to,
        0,
        Arrays.stream(to.toArray()).boxed().toList(),
        Arrays.stream(Broadcast.strides(from, to)).boxed().toList());
  }
}
