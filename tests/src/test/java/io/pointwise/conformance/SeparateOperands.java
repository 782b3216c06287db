// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.StepBuffers;
import io.pointwise.layer.Role;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.PlannedStep;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A sample's steps, run without a plan: each operand is a buffer of its own, exactly as large as
 * the operand, so that a tool that watches buffers sees each operand's bounds. What no step has
 * written yet holds NaN, which comes out where it is read.
 *
 * @param device that it runs on
 * @param sample what it computes
 * @param blueprint of the sample
 */
record SeparateOperands(Device device, Sample sample, Blueprint blueprint) {
  /** What is wrong with the operands on purpose. */
  enum Fault {
    NONE,
    /** Outputs lack their last element. */
    SHORT_OUTPUT,
    /** The inputs were never written. */
    UNWRITTEN_INPUTS
  }

  /** Names of the algorithms that compute it. */
  String algorithms() {
    return blueprint.steps().stream()
        .map(step -> step.algorithm().name())
        .collect(Collectors.joining(", "));
  }

  /** Multiplications and elements: about how long a simulator takes. */
  long work() {
    long work = sample.network().cost().macs();
    for (PlannedStep planned : blueprint.steps()) {
      work += planned.step().output().elements();
      for (Shape input : planned.step().inputs()) {
        work += input.elements();
      }
    }
    return work;
  }

  /** Runs it and compares the results with the reference, unless there is a fault. */
  void run(Fault fault) {
    List<DeviceBuffer> buffers = new ArrayList<>();
    List<PreparedStep> prepared = new ArrayList<>();
    List<Tensor> outputs = sample.outputs();
    try (DeviceStream stream = device.openStream()) {
      Map<Integer, BufferSlice> storages = storages(fault, stream, buffers);
      for (PlannedStep planned : blueprint.steps()) {
        prepared.add(
            planned.algorithm().prepare(planned.step(), planned.choice(), planned.weights()));
        BufferSlice workspace = nan(planned.choice().workspaceBytes(), stream, buffers);
        List<BufferSlice> inputs = planned.inputs().stream().map(storages::get).toList();
        BufferSlice output = Objects.requireNonNull(storages.get(planned.output()));
        prepared.getLast().enqueue(stream, new StepBuffers(inputs, output, workspace));
      }
      for (int i = 0; i < outputs.size(); i++) {
        BufferSlice output = Objects.requireNonNull(storages.get(blueprint.outputs().get(i)));
        stream.download(output, outputs.get(i).memory().asSlice(0, output.bytes()));
      }
      stream.await();
    } finally {
      prepared.forEach(PreparedStep::close);
      buffers.forEach(DeviceBuffer::close);
    }
    for (int i = 0; i < outputs.size() && fault == Fault.NONE; i++) {
      Judge.check(
          algorithms(),
          outputs.get(i),
          sample.expected(blueprint.winograd()).get(i),
          Tolerance.BOUND);
    }
  }

  private Map<Integer, BufferSlice> storages(
      Fault fault, DeviceStream stream, List<DeviceBuffer> buffers) {
    Map<Integer, BufferSlice> storages = new HashMap<>();
    for (int i = 0; i < blueprint.inputs().size(); i++) {
      Tensor input = sample.inputs().get(i);
      BufferSlice slice = allocated(input.shape().bytes(), buffers);
      if (fault != Fault.UNWRITTEN_INPUTS) {
        stream.upload(input.memory(), slice);
      }
      storages.put(blueprint.inputs().get(i), slice);
    }
    blueprint
        .constants()
        .forEach(
            (storage, weights) -> {
              Tensor value = weights.get(Role.VALUE);
              BufferSlice slice = allocated(value.shape().bytes(), buffers);
              stream.upload(value.memory(), slice);
              storages.put(storage, slice);
            });
    for (PlannedStep planned : blueprint.steps()) {
      long bytes = blueprint.storages().get(planned.output()).bytes();
      long less = fault == Fault.SHORT_OUTPUT ? Float.BYTES : 0;
      storages.put(planned.output(), nan(bytes - less, stream, buffers));
    }
    return storages;
  }

  private BufferSlice nan(long bytes, DeviceStream stream, List<DeviceBuffer> buffers) {
    BufferSlice slice = allocated(bytes, buffers);
    stream.upload(Tensors.nan(Shape.of(Math.toIntExact(bytes / Float.BYTES))).memory(), slice);
    return slice;
  }

  private BufferSlice allocated(long bytes, List<DeviceBuffer> buffers) {
    buffers.add(device.allocate(bytes));
    return buffers.getLast().whole();
  }
}
