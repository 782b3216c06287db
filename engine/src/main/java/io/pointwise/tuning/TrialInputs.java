// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.Closing;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.Step;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The inputs of a step on the device, in any layout; all trials of the step read them. */
final class TrialInputs implements AutoCloseable {
  private static final long SEED = 42;

  private record Place(int input, Layout layout) {}

  private final Device device;
  private final DeviceStream stream;
  private final List<Tensor> tensors;
  private final Map<Place, BufferSlice> places = new HashMap<>();
  private final List<DeviceBuffer> buffers = new ArrayList<>();

  TrialInputs(Device device, DeviceStream stream, List<Tensor> tensors) {
    this.device = device;
    this.stream = stream;
    this.tensors = List.copyOf(tensors);
  }

  /** Inputs of a step: numbers from −1 to 1, the same each time. */
  static List<Tensor> random(Step step) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Tensor> inputs = new ArrayList<>();
    for (Shape shape : step.inputs()) {
      Tensor input = Tensor.zeros(shape);
      for (long i = 0; i < shape.elements(); i++) {
        input.set(i, (float) (2 * random.nextDouble() - 1));
      }
      inputs.add(input);
    }
    return inputs;
  }

  /** Where an input lies in a layout; it is put there if it is not there yet. */
  BufferSlice get(int input, Layout layout) {
    Place place = new Place(input, layout);
    BufferSlice there = places.get(place);
    if (there != null) {
      return there;
    }
    Tensor tensor = tensors.get(input);
    BufferSlice slice = allocate(layout.bytes(tensor.shape()));
    if (layout.equals(Layout.NCHW)) {
      stream.upload(tensor.memory(), slice);
      stream.await();
    } else {
      try (Reordering reordering = Reordering.of(device, tensor.shape(), Layout.NCHW, layout)) {
        reordering.enqueue(stream, get(input, Layout.NCHW), slice);
        stream.await();
      }
    }
    places.put(place, slice);
    return slice;
  }

  private BufferSlice allocate(long bytes) {
    DeviceBuffer buffer = device.allocate(bytes);
    buffers.add(buffer);
    return buffer.whole();
  }

  @Override
  public void close() {
    Closing.all(buffers);
  }
}
