// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.CpuProvider;
import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import io.pointwise.device.BufferSlice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.StepBuffers;
import io.pointwise.device.Support;
import io.pointwise.layer.Operation;
import io.pointwise.network.Weights;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Computes a step with the scalar tier and with the reference, which must agree. */
public final class Evaluation {
  private static final Workers WORKERS = new Workers(2);

  private Evaluation() {}

  /** The step of an operation on inputs of these shapes, the residual last. */
  public static Step step(Operation operation, Epilogue epilogue, List<Shape> inputs) {
    List<Shape> operands = epilogue.residual() ? inputs.subList(0, inputs.size() - 1) : inputs;
    return new Step(
        "under-test", operation, inputs, operation.outputShape(operands), epilogue, Precision.FP32);
  }

  /** What an operation without weights gives. */
  public static Tensor of(Operation operation, Tensor... inputs) {
    return of(operation, Weights.none(), inputs);
  }

  /** What an operation gives. */
  public static Tensor of(Operation operation, Weights weights, Tensor... inputs) {
    return of(operation, Epilogue.NONE, weights, inputs);
  }

  /** What an operation with something fused behind it gives. */
  public static Tensor of(
      Operation operation, Epilogue epilogue, Weights weights, Tensor... inputs) {
    List<Tensor> list = Arrays.asList(inputs);
    Step step = step(operation, epilogue, list.stream().map(Tensor::shape).toList());
    Tensor computed = scalar(step, weights, list, WORKERS);
    Expected expected = Reference.step(step, list, weights);
    Comparison comparison = Comparison.of(computed, expected);
    assertTrue(comparison.ok(), () -> step.describe() + ": " + comparison.describe());
    return computed;
  }

  /** The scalar tier's result for a step whose tensors all lie in NCHW. */
  public static Tensor scalar(Step step, Weights weights, List<Tensor> inputs, Workers workers) {
    Tensor output = Tensor.zeros(step.output());
    for (long i = 0; i < step.output().elements(); i++) {
      output.set(i, Float.NaN);
    }
    run(step, weights, inputs.stream().map(Tensor::memory).toList(), output.memory(), workers);
    return output;
  }

  static void run(
      Step step,
      Weights weights,
      List<MemorySegment> inputs,
      MemorySegment output,
      Workers workers) {
    Algorithm algorithm = accepting(step, workers);
    Support.Yes yes = (Support.Yes) algorithm.check(step);
    try (PreparedStep prepared = algorithm.prepare(step, yes.choices().getFirst(), weights)) {
      run(prepared, inputs, output);
    }
  }

  static void run(PreparedStep prepared, List<MemorySegment> inputs, MemorySegment output) {
    try (Device device = device();
        DeviceStream stream = device.openStream();
        Arena arena = Arena.ofShared()) {
      List<BufferSlice> slices = new ArrayList<>();
      inputs.forEach(memory -> slices.add(slice(device, memory)));
      BufferSlice workspace = slice(device, arena.allocate(0, Tensor.ALIGNMENT));
      prepared.enqueue(stream, new StepBuffers(slices, slice(device, output), workspace));
      stream.await();
    }
  }

  /** The one algorithm of the tier that accepts the step. */
  static Algorithm accepting(Step step, Workers workers) {
    List<Algorithm> accepting =
        ScalarTier.algorithms(workers).stream()
            .filter(algorithm -> algorithm.check(step) instanceof Support.Yes)
            .toList();
    assertEquals(1, accepting.size(), () -> step.describe() + " is accepted by " + accepting);
    return accepting.getFirst();
  }

  private static Device device() {
    CpuProvider provider = new CpuProvider();
    DeviceProvider.Found found = (DeviceProvider.Found) provider.probe();
    return provider.open(found.devices().getFirst(), new DeviceOptions(1));
  }

  private static BufferSlice slice(Device device, MemorySegment memory) {
    return device.wrap(memory).whole();
  }

  /** Aligned float32 memory that holds NaN. */
  static MemorySegment poisoned(Arena arena, long elements) {
    MemorySegment memory = arena.allocate(elements * Float.BYTES, Tensor.ALIGNMENT);
    for (long i = 0; i < elements; i++) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NaN);
    }
    return memory;
  }
}
