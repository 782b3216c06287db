// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the memory that this process may have, then computes: a program of its own, as it must run
 * with a limit.
 */
final class FullMemory {
  private static final long BUFFER = 64L << 20;

  /** A terabyte: so much no limit allows. */
  private static final int MOST = 1 << 14;

  private FullMemory() {}

  /** Begins here; prints how the device refused, and that it computed before and after. */
  public static void main(String[] args) {
    try (OpenClDevice device = InstalledOpenCl.open(null)) {
      SmallNetwork.requireRight(device);
      List<DeviceBuffer> buffers = new ArrayList<>();
      try {
        fill(device, buffers);
        System.out.println("nothing was refused");
      } catch (OutOfDeviceMemoryException e) {
        System.out.println("refused: " + e.getMessage());
      } finally {
        buffers.forEach(DeviceBuffer::close);
      }
      SmallNetwork.requireRight(device);
      System.out.println("computed again");
    }
  }

  private static void fill(OpenClDevice device, List<DeviceBuffer> buffers) {
    Tensor one = Tensor.zeros(Shape.of(1));
    try (DeviceStream stream = device.openStream()) {
      for (int i = 0; i < MOST; i++) {
        buffers.add(device.allocate(BUFFER));
        // Some implementations take the memory only when it is first used.
        stream.upload(one.memory(), buffers.getLast().slice(0, Float.BYTES));
        stream.await();
      }
    }
  }
}
