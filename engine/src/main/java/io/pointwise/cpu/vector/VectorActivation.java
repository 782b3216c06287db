// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Activation;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-activation}: elementwise functions that nothing could fuse, and PReLU. */
final class VectorActivation extends VectorAlgorithm {
  VectorActivation(Workers workers) {
    super("vector-activation", workers, List.of(Activation.class, PRelu.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  List<LayoutChoice> choices(Step step) {
    return step.operation() instanceof Activation ? placewise(step) : super.choices(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    return step.operation() instanceof Activation activation
        ? everywhere(RunFunction.of(activation.function()), choice.output().elements(step.input()))
        : perChannel(weights.get(Role.SLOPE).toArray(), step.input());
  }

  private PreparedStep everywhere(RunFunction function, long elements) {
    Chunks chunks = new Chunks(elements);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      long at = chunks.first(chunk) * Float.BYTES;
                      function.apply(inputs.getFirst(), at, output, at, chunks.length(chunk));
                    }),
        0);
  }

  private PreparedStep perChannel(float[] slopes, Shape shape) {
    RunFunction[] functions = new RunFunction[slopes.length];
    for (int c = 0; c < slopes.length; c++) {
      functions[c] = new RunFunction.Leaky(slopes[c]);
    }
    int channels = shape.dim(1);
    long pixels = shape.elements(2, shape.rank());
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    Math.toIntExact(shape.elements(0, 2)),
                    channel -> {
                      RunFunction function =
                          functions[functions.length == 1 ? 0 : channel % channels];
                      long at = channel * pixels * Float.BYTES;
                      MemorySegment input = inputs.getFirst();
                      function.apply(input, at, output, at, pixels);
                    }),
        (long) slopes.length * Float.BYTES);
  }
}
