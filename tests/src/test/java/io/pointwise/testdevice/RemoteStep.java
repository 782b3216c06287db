// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.StepBuffers;
import io.pointwise.layer.Reorder;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A step of the remote device: what the reference computes, in whatever layout was chosen. Before
 * it reads its inputs it fills output and workspace with NaN, so that buffers which overlap give
 * NaN.
 */
final class RemoteStep implements PreparedStep {
  private final RemoteDevice device;
  private final Step step;
  private final LayoutChoice choice;
  private final Weights weights;
  private final AtomicBoolean open = new AtomicBoolean(true);

  RemoteStep(RemoteDevice device, Step step, LayoutChoice choice, Weights weights) {
    this.device = device;
    this.step = step;
    this.choice = choice;
    this.weights = copy(weights);
    device.ledger().steps().incrementAndGet();
  }

  /** Whatever becomes of the host's tensors, the device has its own. */
  private static Weights copy(Weights weights) {
    Map<Role, Tensor> copies = new EnumMap<>(Role.class);
    for (Role role : weights.roles()) {
      Tensor copy = Tensor.zeros(weights.get(role).shape());
      copy.memory().copyFrom(weights.get(role).memory());
      copies.put(role, copy);
    }
    return Weights.of(copies);
  }

  @Override
  public void enqueue(DeviceStream stream, StepBuffers buffers) {
    if (!open.get()) {
      device.ledger().violation("step " + step.name() + " was enqueued after it was closed");
    }
    requireBuffers(buffers);
    if (device.faults().strikes(Faults.Kind.ENQUEUE)) {
      throw new DeviceException("remote: ENQUEUE failed on demand, step " + step.name());
    }
    List<BufferSlice> all = new ArrayList<>(buffers.inputs());
    all.add(buffers.output());
    all.add(buffers.workspace());
    ((RemoteStream) stream).enqueue(all, () -> compute(buffers));
  }

  private void requireBuffers(StepBuffers buffers) {
    require(buffers.inputs().size() == step.inputs().size(), "has another number of inputs");
    for (int i = 0; i < buffers.inputs().size(); i++) {
      requireSlice(buffers.inputs().get(i), choice.inputs().get(i).bytes(step.inputs().get(i)));
    }
    requireSlice(buffers.output(), choice.output().bytes(step.output()));
    requireSlice(buffers.workspace(), choice.workspaceBytes());
  }

  private void requireSlice(BufferSlice slice, long bytes) {
    require(slice.bytes() == bytes, "got " + slice.bytes() + " bytes instead of " + bytes);
    require(slice.offset() % device.alignment() == 0, "got a slice that is not aligned");
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      device.ledger().violation("step " + step.name() + " " + otherwise);
    }
  }

  private void compute(StepBuffers buffers) {
    if (device.faults().strikes(Faults.Kind.STEP)) {
      throw new DeviceException("remote: STEP failed on demand, step " + step.name());
    }
    MemorySegment output = RemoteBuffer.memory(buffers.output());
    fillWithNaN(output);
    fillWithNaN(RemoteBuffer.memory(buffers.workspace()));
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < buffers.inputs().size(); i++) {
      MemorySegment input = RemoteBuffer.memory(buffers.inputs().get(i));
      inputs.add(Packing.unpack(input, step.inputs().get(i), choice.inputs().get(i)));
    }
    if (step.operation() instanceof Reorder) {
      Packing.pack(inputs.getFirst(), output, choice.output());
    } else {
      Packing.pack(Reference.step(step, inputs, weights), output, choice.output());
    }
  }

  private static void fillWithNaN(MemorySegment memory) {
    for (long i = 0; i < memory.byteSize() / Float.BYTES; i++) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NaN);
    }
  }

  @Override
  public long weightBytes() {
    return weights.shapes().values().stream().mapToLong(shape -> shape.bytes()).sum();
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      device.ledger().steps().decrementAndGet();
    } else {
      device.ledger().violation("step " + step.name() + " was closed twice");
    }
  }
}
