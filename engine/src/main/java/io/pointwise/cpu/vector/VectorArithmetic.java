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
import io.pointwise.layer.Mul;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-arithmetic}: sums and products of two tensors of one shape, or of a tensor and one
 * value a channel (as in squeeze-and-excitation). Any other broadcast is left to the scalar tier.
 */
final class VectorArithmetic extends VectorAlgorithm {
  VectorArithmetic(Workers workers) {
    super("vector-arithmetic", workers, List.of(Add.class, Mul.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    if (!sameShape(step) && !isPerChannel(step, 0) && !isPerChannel(step, 1)) {
      return "vector-arithmetic is for equal shapes or one value a channel; these are "
          + step.inputs().getFirst()
          + " and "
          + step.inputs().getLast();
    }
    return residualRefusal(step);
  }

  private static boolean sameShape(Step step) {
    return step.inputs().getFirst().equals(step.inputs().getLast());
  }

  /** Whether one input has one value for each channel of the other. */
  private static boolean isPerChannel(Step step, int which) {
    Shape small = step.inputs().get(which);
    Shape large = step.inputs().get(1 - which);
    return large.rank() == 4 && small.equals(Shape.of(large.dim(0), large.dim(1), 1, 1));
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    boolean add = step.operation() instanceof Add;
    RunFunction after = after(step.epilogue());
    return new CpuStep(
        sameShape(step) ? sameShape(step, add, after) : perChannel(step, add, after), 0);
  }

  /** The activation of an epilogue as a pass over the output. */
  static RunFunction after(Epilogue epilogue) {
    ActivationFunction activation = epilogue.activation();
    return activation == null ? new RunFunction.Nothing() : RunFunction.of(activation);
  }

  private CpuStep.Kernel sameShape(Step step, boolean add, RunFunction after) {
    Chunks chunks = new Chunks(step.output().elements());
    return (inputs, output, _) ->
        workers()
            .run(
                chunks.count(),
                chunk -> {
                  long at = chunks.first(chunk) * Float.BYTES;
                  long count = chunks.length(chunk);
                  combine(inputs.getFirst(), inputs.getLast(), output, at, count, add);
                  after.apply(output, at, output, at, count);
                });
  }

  private CpuStep.Kernel perChannel(Step step, boolean add, RunFunction after) {
    int small = isPerChannel(step, 1) ? 1 : 0;
    long pixels = step.output().elements(2, 4);
    return (inputs, output, _) ->
        workers()
            .run(
                Math.toIntExact(step.output().elements(0, 2)),
                channel -> {
                  float value = inputs.get(small).getAtIndex(Lanes.FLOAT, channel);
                  long at = channel * pixels * Float.BYTES;
                  scale(
                      inputs.get(1 - small), output, at, pixels, add ? 1 : value, add ? value : 0);
                  after.apply(output, at, output, at, pixels);
                });
  }

  private static void combine(
      MemorySegment a, MemorySegment b, MemorySegment output, long at, long count, boolean add) {
    if (add) {
      sum(a, b, output, at, count);
    } else {
      product(a, b, output, at, count);
    }
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

  private static void scale(
      MemorySegment a, MemorySegment output, long from, long count, float factor, float added) {
    for (long i = 0; i < count; i += Lanes.LENGTH) {
      VectorMask<Float> mask = Lanes.first(count - i);
      long at = from + i * Float.BYTES;
      FloatVector x = FloatVector.fromMemorySegment(Lanes.SPECIES, a, at, Lanes.ORDER, mask);
      x.mul(factor).add(added).intoMemorySegment(output, at, Lanes.ORDER, mask);
    }
  }
}
