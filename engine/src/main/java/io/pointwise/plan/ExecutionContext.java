// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.Closing;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.StepBuffers;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run needs for itself: a stream and an arena for activations and workspaces. Used by one
 * run at a time, then returned to the plan's pool.
 */
final class ExecutionContext implements AutoCloseable {
  private final Blueprint blueprint;
  private final Device device;
  private final List<PreparedStep> prepared;
  private final ConstantMemory constants;
  private final DeviceStream stream;
  private final DeviceBuffer arena;
  private final @Nullable GuardBands guards;

  /** All steps, where none touches a caller's tensor. */
  private final @Nullable StepSequence sequence;

  /**
   * Operands of the steps that touch the arena only; null for those that touch a caller's tensor.
   */
  private final List<@Nullable StepBuffers> fixed = new ArrayList<>();

  ExecutionContext(
      Blueprint blueprint, Device device, List<PreparedStep> prepared, ConstantMemory constants) {
    this.blueprint = blueprint;
    this.device = device;
    this.prepared = prepared;
    this.constants = constants;
    long arenaBytes = Math.max(blueprint.memory().arenaBytes(), device.alignment());
    this.guards = blueprint.options().guarded() ? new GuardBands(blueprint, arenaBytes) : null;
    this.stream = device.openStream();
    try {
      this.arena = device.allocate(arenaBytes);
    } catch (RuntimeException | Error e) {
      try {
        stream.close();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    for (int i = 0; i < blueprint.steps().size(); i++) {
      fixed.add(isBound(blueprint.steps().get(i)) ? null : buffers(i, Map.of()));
    }
    this.sequence =
        fixed.contains(null) ? null : new StepSequence(stream, () -> enqueue(operands(Map.of())));
  }

  /** Runs once, from the inputs to the outputs, and returns when the outputs are there. */
  Timing run(List<Tensor> inputs, List<Tensor> outputs, boolean timeSteps) {
    Map<Integer, BufferSlice> bound = new HashMap<>();
    try {
      bind(inputs, blueprint.inputs(), bound);
      bind(outputs, blueprint.outputs(), bound);
      return run(inputs, outputs, bound, timeSteps);
    } finally {
      Closing.all(bound.values().stream().map(BufferSlice::buffer).toList());
    }
  }

  private Timing run(
      List<Tensor> inputs,
      List<Tensor> outputs,
      Map<Integer, BufferSlice> bound,
      boolean timeSteps) {
    if (guards != null) {
      guards.arm(stream, arena);
    }
    List<DeviceStream.TimeMark> marks = new ArrayList<>();
    DeviceStream.TimeMark begin = stream.mark();
    upload(inputs, bound);
    marks.add(blueprint.inputs().stream().allMatch(this::isBound) ? begin : stream.mark());
    if (timeSteps) {
      List<StepBuffers> operands = operands(bound);
      for (int i = 0; i < prepared.size(); i++) {
        prepared.get(i).enqueue(stream, operands.get(i));
        marks.add(stream.mark());
      }
    } else if (!prepared.isEmpty()) {
      if (sequence != null) {
        sequence.enqueue();
      } else {
        enqueue(operands(bound));
      }
      marks.add(stream.mark());
    }
    download(outputs, bound);
    boolean inPlace = blueprint.outputs().stream().allMatch(this::isBound);
    DeviceStream.TimeMark end = inPlace ? marks.getLast() : stream.mark();
    stream.await();
    if (guards != null) {
      guards.check(stream, arena);
    }
    return timing(begin, marks, end, timeSteps);
  }

  private void enqueue(List<StepBuffers> operands) {
    for (int i = 0; i < prepared.size(); i++) {
      prepared.get(i).enqueue(stream, operands.get(i));
    }
  }

  private List<StepBuffers> operands(Map<Integer, BufferSlice> bound) {
    List<StepBuffers> operands = new ArrayList<>(fixed.size());
    for (int i = 0; i < fixed.size(); i++) {
      StepBuffers buffers = fixed.get(i);
      operands.add(buffers != null ? buffers : buffers(i, bound));
    }
    return operands;
  }

  private void bind(List<Tensor> tensors, List<Integer> storages, Map<Integer, BufferSlice> bound) {
    for (int i = 0; i < tensors.size(); i++) {
      if (isBound(storages.get(i))) {
        bound.put(storages.get(i), device.wrap(tensors.get(i).memory()).whole());
      }
    }
  }

  private void upload(List<Tensor> inputs, Map<Integer, BufferSlice> bound) {
    for (int i = 0; i < inputs.size(); i++) {
      int storage = blueprint.inputs().get(i);
      if (!isBound(storage)) {
        stream.upload(inputs.get(i).memory(), slice(storage, bound));
      }
    }
  }

  private void download(List<Tensor> outputs, Map<Integer, BufferSlice> bound) {
    for (int i = 0; i < outputs.size(); i++) {
      int storage = blueprint.outputs().get(i);
      if (!isBound(storage)) {
        stream.download(slice(storage, bound), outputs.get(i).memory());
      }
    }
  }

  private StepBuffers buffers(int step, Map<Integer, BufferSlice> bound) {
    PlannedStep planned = blueprint.steps().get(step);
    List<BufferSlice> inputs = new ArrayList<>(planned.inputs().size());
    for (int input : planned.inputs()) {
      inputs.add(slice(input, bound));
    }
    BufferSlice workspace =
        arena.slice(
            blueprint.memory().workspaceOffsets().get(step), planned.choice().workspaceBytes());
    return new StepBuffers(inputs, slice(planned.output(), bound), workspace);
  }

  private BufferSlice slice(int storage, Map<Integer, BufferSlice> bound) {
    if (blueprint.memory().offsets().get(storage) == Memory.CONSTANT) {
      return constants.slice(storage);
    }
    BufferSlice slice = bound.get(storage);
    return slice != null
        ? slice
        : arena.slice(
            blueprint.memory().offsets().get(storage), blueprint.storages().get(storage).bytes());
  }

  private boolean isBound(int storage) {
    return blueprint.memory().offsets().get(storage) == Memory.BOUND;
  }

  private boolean isBound(PlannedStep step) {
    return isBound(step.output()) || step.inputs().stream().anyMatch(this::isBound);
  }

  private static Timing timing(
      DeviceStream.TimeMark begin,
      List<DeviceStream.TimeMark> marks,
      DeviceStream.TimeMark end,
      boolean timeSteps) {
    List<Long> steps = new ArrayList<>();
    for (int i = 1; timeSteps && i < marks.size(); i++) {
      steps.add(marks.get(i).nanos() - marks.get(i - 1).nanos());
    }
    long first = marks.getFirst().nanos();
    long last = marks.getLast().nanos();
    return new Timing(first - begin.nanos(), last - first, end.nanos() - last, steps);
  }

  @Override
  public void close() {
    try (arena;
        stream) {
      if (sequence != null) {
        sequence.close();
      }
    }
  }
}
