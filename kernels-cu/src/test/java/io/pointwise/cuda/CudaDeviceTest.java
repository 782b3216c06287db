// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cuda.host.Ledger;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.plan.Plan;
import io.pointwise.softwarecuda.SoftwareCuda;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a device takes it gives back, and after an error it works as before. */
final class CudaDeviceTest {
  private static final String[] LIVE = {
    "live_allocations", "live_bytes", "modules", "streams", "events", "handles"
  };

  @Test
  void aBufferThatIsTooLargeIsRefusedAndTheDeviceGoesOn() {
    try (CudaDevice device = InstalledCuda.open(null)) {
      OutOfDeviceMemoryException refusal =
          assertThrows(OutOfDeviceMemoryException.class, () -> device.allocate(1L << 50));
      String message = String.valueOf(refusal.getMessage());
      for (String part :
          List.of("cuMemAlloc", "CUDA_ERROR_OUT_OF_MEMORY", Long.toString(1L << 50))) {
        assertTrue(message.contains(part), message);
      }
      SmallNetwork.requireRight(device);
    }
  }

  @Test
  void aPlanThatRunsOutOfMemoryLeavesTheDeviceAsItWas() throws IOException {
    try (CudaDevice device = InstalledCuda.open(null)) {
      SoftwareCuda software = Simulation.behind(device);
      SmallNetwork.requireRight(device);
      String before = device.ledger().toString();
      // From nothing on: wherever memory runs out, all that was made is given back.
      long inUse = software.counter("live_bytes");
      int refusals = 0;
      try {
        for (long more = 0; more <= 16 << 10; more += 256) {
          software.memoryLimit(inUse + more);
          try (Plan plan = SmallNetwork.plan(device)) {
            SmallNetwork.requireRight(plan);
          } catch (OutOfDeviceMemoryException e) {
            refusals++;
          }
          assertEquals(before, device.ledger().toString());
        }
      } finally {
        software.memoryLimit(4L << 30);
      }
      assertTrue(refusals > 2, "memory ran out " + refusals + " times");
      SmallNetwork.requireRight(device);
    }
  }

  @Test
  void aClosedPlanLeavesTheDeviceAsItWas() {
    try (CudaDevice device = InstalledCuda.open(null)) {
      SmallNetwork.requireRight(device);
      // Programs stay with the device.
      String before = device.ledger().toString();
      for (int i = 0; i < 3; i++) {
        try (Plan plan = SmallNetwork.plan(device)) {
          for (int run = 0; run < 20; run++) {
            SmallNetwork.requireRight(plan);
          }
          assertNotEquals(0, device.ledger().open(Ledger.Kind.DESCRIPTOR));
          assertEquals(1, device.ledger().open(Ledger.Kind.GRAPH));
        }
        assertEquals(before, device.ledger().toString());
      }
    }
  }

  @Test
  void aClosedDeviceLeavesNothing() {
    for (int i = 0; i < 5; i++) {
      CudaDevice device = InstalledCuda.open(null);
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
  void cudaItselfCountsNothingLeftOpen() throws IOException {
    Map<String, Long> before;
    SoftwareCuda software;
    try (CudaDevice device = InstalledCuda.open(null)) {
      software = Simulation.behind(device);
    }
    before = Simulation.counters(software, LIVE);
    try (CudaDevice device = InstalledCuda.open(null)) {
      SmallNetwork.requireRight(device);
      assertNotEquals(before, Simulation.counters(software, LIVE));
    }
    assertEquals(before, Simulation.counters(software, LIVE));
  }

  @Test
  void twoDevicesAtOnceDoNotKnowOfEachOther() {
    try (CudaDevice one = InstalledCuda.open(null)) {
      try (CudaDevice other = InstalledCuda.open(null)) {
        SmallNetwork.requireRight(one);
        SmallNetwork.requireRight(other);
      }
      SmallNetwork.requireRight(one);
    }
  }

  @Test
  void manyThreadsShareAPlan() throws Exception {
    try (CudaDevice device = InstalledCuda.open(null);
        Plan plan = SmallNetwork.plan(device);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        tasks.add(
            () -> {
              SmallNetwork.requireRight(plan);
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertTrue(done.get());
      }
    }
  }

  @Test
  void whatGoesUpComesDown() {
    // The last is more than goes through pinned memory.
    for (int columns : new int[] {1, 1000, 20 << 20}) {
      Shape shape = Shape.of(1, columns);
      Tensor sent = Tensor.zeros(shape);
      for (int i = 0; i < shape.elements(); i++) {
        sent.set(i, i);
      }
      Tensor received = Tensor.zeros(shape);
      try (CudaDevice device = InstalledCuda.open(null);
          DeviceBuffer buffer = device.allocate(shape.bytes() + 512);
          DeviceStream stream = device.openStream()) {
        stream.upload(sent.memory(), buffer.slice(256, shape.bytes()));
        stream.download(buffer.slice(256, shape.bytes()), received.memory());
        stream.await();
      }
      assertEquals(-1, sent.memory().mismatch(received.memory()));
    }
  }

  @Test
  void marksAreInOrderAcrossBatches() {
    try (CudaDevice device = InstalledCuda.open(null);
        DeviceBuffer buffer = device.allocate(1 << 20);
        DeviceStream stream = device.openStream()) {
      Tensor tensor = Tensor.zeros(Shape.of(1 << 18));
      long last = Long.MIN_VALUE;
      for (int batch = 0; batch < 3; batch++) {
        List<DeviceStream.TimeMark> marks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          marks.add(stream.mark());
          stream.upload(tensor.memory(), buffer.whole());
        }
        marks.add(stream.mark());
        stream.await();
        for (DeviceStream.TimeMark mark : marks) {
          assertTrue(mark.nanos() >= last, mark.nanos() + " after " + last);
          last = mark.nanos();
        }
      }
      // Marks of one batch stay open for the next one.
      assertTrue(device.ledger().open(Ledger.Kind.EVENT) <= 5, device.ledger()::toString);
    }
  }

  @Test
  void aBufferOfNothingIsFine() {
    try (CudaDevice device = InstalledCuda.open(null);
        DeviceBuffer buffer = device.allocate(0)) {
      assertEquals(0, buffer.bytes());
    }
  }
}
