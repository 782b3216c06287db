// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Mul;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-arithmetic}: functions of two tensors that are broadcast to each other. Stretches
 * of the output are computed in the first-level cache, where {@link StridedRuns} has put both
 * operands in the output's order, so that one loop a function serves every broadcast.
 */
final class VectorArithmetic extends VectorAlgorithm {
  VectorArithmetic(Workers workers) {
    super("vector-arithmetic", workers, List.of(Add.class, Mul.class, Elementwise.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return residualRefusal(step);
  }

  @Override
  List<LayoutChoice> choices(Step step) {
    return placewise(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    RunFunction after = after(step.epilogue());
    boolean sameShape = step.inputs().stream().allMatch(step.output()::equals);
    Layout layout = choice.output();
    return switch (step.operation()) {
      case Add _ when sameShape ->
          direct(layout.elements(step.output()), VectorArithmetic::sum, after);
      case Mul _ when sameShape ->
          direct(layout.elements(step.output()), VectorArithmetic::product, after);
      default -> inStretches(step, layout, after);
    };
  }

  private PreparedStep inStretches(Step step, Layout layout, RunFunction after) {
    Shape result = stored(layout, step.output());
    StridedRuns a = StridedRuns.broadcast(stored(layout, step.inputs().getFirst()), result);
    StridedRuns b = StridedRuns.broadcast(stored(layout, step.inputs().getLast()), result);
    PairFunction function = PairFunction.of(step.operation());
    Chunks chunks = new Chunks(result.elements());
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      Scratch scratch = Scratch.of(Stretches.FLOATS, Stretches.FLOATS);
                      float[] x = scratch.panel();
                      float[] y = scratch.sums();
                      long end = chunks.end(chunk);
                      for (long at = chunks.first(chunk); at < end; at += Stretches.FLOATS) {
                        int count = Stretches.length(at, end);
                        a.read(inputs.getFirst(), at, count, x, 0);
                        b.read(inputs.getLast(), at, count, y, 0);
                        function.apply(x, y, count);
                        long to = at * Float.BYTES;
                        MemorySegment.copy(x, 0, output, Lanes.FLOAT, to, count);
                        after.apply(output, to, output, to, count);
                      }
                    }),
        0);
  }

  /** Combines {@code count} floats of two memories; the offset is in bytes. */
  @FunctionalInterface
  private interface DirectLoop {
    void run(MemorySegment a, MemorySegment b, MemorySegment output, long from, long count);
  }

  /** Large sums and products are bound by the memory, which a detour makes half as fast. */
  private PreparedStep direct(long elements, DirectLoop loop, RunFunction after) {
    Chunks chunks = new Chunks(elements);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      long at = chunks.first(chunk) * Float.BYTES;
                      long count = chunks.length(chunk);
                      loop.run(inputs.getFirst(), inputs.getLast(), output, at, count);
                      after.apply(output, at, output, at, count);
                    }),
        0);
  }

  private static void sum(
      MemorySegment a, MemorySegment b, MemorySegment output, long from, long count) {
    for (long i = 0; i < count; i += Lanes.LENGTH) {
      VectorMask<Float> mask = Lanes.first(count - i);
      long at = from + i * Float.BYTES;
      FloatVector x = FloatVector.fromMemorySegment(Lanes.SPECIES, a, at, Lanes.ORDER, mask);
      FloatVector y = FloatVector.fromMemorySegment(Lanes.SPECIES, b, at, Lanes.ORDER, mask);
      x.add(y).intoMemorySegment(output, at, Lanes.ORDER, mask);
    }
  }

  private static void product(
      MemorySegment a, MemorySegment b, MemorySegment output, long from, long count) {
    for (long i = 0; i < count; i += Lanes.LENGTH) {
      VectorMask<Float> mask = Lanes.first(count - i);
      long at = from + i * Float.BYTES;
      FloatVector x = FloatVector.fromMemorySegment(Lanes.SPECIES, a, at, Lanes.ORDER, mask);
      FloatVector y = FloatVector.fromMemorySegment(Lanes.SPECIES, b, at, Lanes.ORDER, mask);
      x.mul(y).intoMemorySegment(output, at, Lanes.ORDER, mask);
    }
  }

  /** The activation of an epilogue as a pass over the output. */
  static RunFunction after(Epilogue epilogue) {
    ActivationFunction activation = epilogue.activation();
    return activation == null ? new RunFunction.Nothing() : RunFunction.of(activation);
  }
}
