// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Operation;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A family of scalar operations as an algorithm of the CPU device: NCHW, FP32, any epilogue. */
final class ScalarAlgorithm implements Algorithm {
  private final String name;
  private final List<Class<? extends Operation>> operations;
  private final Workers workers;

  ScalarAlgorithm(String name, List<Class<? extends Operation>> operations, Workers workers) {
    this.name = name;
    this.operations = List.copyOf(operations);
    this.workers = workers;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Support check(Step step) {
    if (operations.stream().noneMatch(type -> type.isInstance(step.operation()))) {
      return Support.otherOperation(name, step);
    }
    if (step.precision() != Precision.FP32) {
      return Support.no(name + " computes FP32 only, " + step.precision() + " was asked for");
    }
    return Support.nchw(step, 0);
  }

  @Override
  public boolean isReference() {
    return true;
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Arena arena = Arena.ofShared();
    try {
      Map<Role, Field> copies = copy(weights, arena);
      List<Shape> operands = step.operands();
      ScalarStep scalar =
          new ScalarStep(
              step.operation(),
              operands,
              step.output(),
              step.epilogue(),
              copies,
              Allowance.none(operands.size()),
              workers);
      long bytes = copies.values().stream().mapToLong(field -> field.shape().bytes()).sum();
      return new CpuStep(
          (inputs, output, _) ->
              scalar.run(fields(step.inputs(), inputs), Field.floats(step.output(), output)),
          arena,
          bytes);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static Map<Role, Field> copy(Weights weights, Arena arena) {
    Map<Role, Field> copies = new EnumMap<>(Role.class);
    for (Role role : weights.roles()) {
      Tensor tensor = weights.get(role);
      Tensor copy = Tensor.zeros(tensor.shape(), arena);
      copy.memory().copyFrom(tensor.memory());
      copies.put(role, Field.of(copy));
    }
    return copies;
  }

  private static List<Field> fields(List<Shape> shapes, List<MemorySegment> memories) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      fields.add(Field.floats(shapes.get(i), memories.get(i)));
    }
    return fields;
  }
}
