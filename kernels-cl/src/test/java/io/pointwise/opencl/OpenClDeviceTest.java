// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.opencl.host.Ledger;
import io.pointwise.plan.Plan;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device takes it gives back, and after an error it works as before. */
final class OpenClDeviceTest {
  @Test
  void aBufferThatIsTooLargeIsRefusedAndTheDeviceGoesOn() {
    try (OpenClDevice device = InstalledOpenCl.open(null)) {
      OutOfDeviceMemoryException refusal =
          assertThrows(OutOfDeviceMemoryException.class, () -> device.allocate(1L << 50));
      String message = String.valueOf(refusal.getMessage());
      for (String part : List.of(Long.toString(1L << 50), "CL_DEVICE_MAX_MEM_ALLOC_SIZE")) {
        assertTrue(message.contains(part), message);
      }
      SmallNetwork.requireRight(device);
    }
  }

  @Test
  void aClosedPlanLeavesTheDeviceAsItWas() {
    try (OpenClDevice device = InstalledOpenCl.open(null)) {
      SmallNetwork.requireRight(device);
      // Programs stay with the device.
      String before = device.ledger().toString();
      for (int i = 0; i < 3; i++) {
        try (Plan plan = SmallNetwork.plan(device)) {
          for (int run = 0; run < 20; run++) {
            SmallNetwork.requireRight(plan);
          }
          assertNotEquals(0, device.ledger().open(Ledger.Kind.KERNEL));
          assertEquals(0, device.ledger().open(Ledger.Kind.EVENT));
        }
        assertEquals(before, device.ledger().toString());
      }
    }
  }

  @Test
  void aClosedDeviceLeavesNothing() {
    for (int i = 0; i < 10; i++) {
      OpenClDevice device = InstalledOpenCl.open(null);
      device.allocate(100).close();
      device.openStream().close();
      if (i == 0) {
        SmallNetwork.requireRight(device);
      }
      device.close();
      assertEquals("", device.ledger().toString());
    }
  }

  @Test
  void twoDevicesAtOnceDoNotKnowOfEachOther() {
    try (OpenClDevice one = InstalledOpenCl.open(null);
        OpenClDevice other = InstalledOpenCl.open(null)) {
      SmallNetwork.requireRight(one);
      SmallNetwork.requireRight(other);
    }
  }

  @Test
  void whatGoesUpComesDown() {
    Shape shape = Shape.of(3, 1000);
    Tensor sent = Tensor.zeros(shape);
    for (int i = 0; i < shape.elements(); i++) {
      sent.set(i, i);
    }
    Tensor received = Tensor.zeros(shape);
    try (OpenClDevice device = InstalledOpenCl.open(null);
        DeviceBuffer buffer = device.allocate(shape.bytes() + 128);
        DeviceStream stream = device.openStream()) {
      stream.upload(sent.memory(), buffer.slice(64, shape.bytes()));
      stream.download(buffer.slice(64, shape.bytes()), received.memory());
      stream.await();
    }
    assertEquals(-1, sent.memory().mismatch(received.memory()));
  }

  @Test
  void marksAreInOrder() {
    try (OpenClDevice device = InstalledOpenCl.open(null);
        DeviceBuffer buffer = device.allocate(1 << 20);
        DeviceStream stream = device.openStream()) {
      Tensor tensor = Tensor.zeros(Shape.of(1 << 18));
      DeviceStream.TimeMark before = stream.mark();
      stream.upload(tensor.memory(), buffer.whole());
      DeviceStream.TimeMark after = stream.mark();
      stream.await();
      assertTrue(after.nanos() > before.nanos(), () -> before.nanos() + " " + after.nanos());
    }
  }

  @Test
  void aBufferOfNothingIsFine() {
    try (OpenClDevice device = InstalledOpenCl.open(null);
        DeviceBuffer buffer = device.allocate(0)) {
      assertEquals(0, buffer.bytes());
    }
  }
}
