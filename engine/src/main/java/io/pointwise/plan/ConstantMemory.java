// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceStream;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Tensor;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constants of a plan in one buffer on the device, where all runs read them. */
final class ConstantMemory implements AutoCloseable {
  private final @Nullable DeviceBuffer buffer;
  private final Map<Integer, BufferSlice> slices;

  private ConstantMemory(@Nullable DeviceBuffer buffer, Map<Integer, BufferSlice> slices) {
    this.buffer = buffer;
    this.slices = slices;
  }

  /** Puts the constants of a blueprint on the device. */
  static ConstantMemory upload(Blueprint blueprint, Device device) {
    Map<Integer, Long> offsets = new HashMap<>();
    long end = 0;
    for (int storage : blueprint.constants().keySet()) {
      offsets.put(storage, end);
      end += align(blueprint.storages().get(storage).bytes(), device.alignment());
    }
    if (offsets.isEmpty()) {
      return new ConstantMemory(null, Map.of());
    }
    // Not every device allocates nothing.
    DeviceBuffer buffer = device.allocate(Math.max(end, device.alignment()));
    try (DeviceStream stream = device.openStream()) {
      Map<Integer, BufferSlice> slices = new HashMap<>();
      offsets.forEach(
          (storage, offset) ->
              slices.put(storage, buffer.slice(offset, blueprint.storages().get(storage).bytes())));
      upload(blueprint.constants(), slices, stream);
      return new ConstantMemory(buffer, slices);
    } catch (RuntimeException | Error e) {
      try {
        buffer.close();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static void upload(
      Map<Integer, Weights> constants, Map<Integer, BufferSlice> slices, DeviceStream stream) {
    List<Tensor> uploading = new ArrayList<>();
    try {
      slices.forEach(
          (storage, slice) -> {
            Weights weights = constants.get(storage);
            if (weights != null && slice.bytes() > 0) {
              uploading.add(weights.get(Role.VALUE));
              stream.upload(uploading.getLast().memory(), slice);
            }
          });
      stream.await();
    } finally {
      // The device may read them until the stream was awaited.
      Reference.reachabilityFence(uploading);
    }
  }

  private static long align(long bytes, long alignment) {
    return Math.ceilDiv(bytes, alignment) * alignment;
  }

  /** Where the constant of this storage lies. */
  BufferSlice slice(int storage) {
    BufferSlice slice = slices.get(storage);
    if (slice == null) {
      throw new IllegalStateException("storage " + storage + " holds no constant");
    }
    return slice;
  }

  long bytes() {
    return buffer == null ? 0 : buffer.bytes();
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
    }
  }
}
