// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pointwise.device.DeviceException;
import io.pointwise.layer.Add;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Constants on a device with memory of its own: one buffer for the life of a plan. */
final class RemoteConstantsTest {
  private static final Shape IMAGE = Shape.of(1, 8, 6, 5);
  private static final Network NETWORK =
      Network.builder("constants")
          .input("image", IMAGE)
          .constant("offset", ramp(Shape.of(8, 1, 1)))
          .constant("scale", ramp(IMAGE))
          .layer("shifted", new Add(), List.of("image", "offset"))
          .conv(8, Window.square(3).pad(1))
          .add("scale")
          .build(1, List.of("add-1", "scale"));

  private static Tensor ramp(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, i / (float) shape.elements());
    }
    return tensor;
  }

  private static void requireRight(Plan plan) {
    Tensor image = ramp(IMAGE);
    List<Tensor> outputs = plan.run(List.of(image));
    Comparison comparison =
        Comparison.of(outputs.getFirst(), Reference.run(NETWORK, List.of(image)).getFirst());
    if (!comparison.ok()) {
      throw new AssertionError(comparison.describe());
    }
    assertArrayEquals(ramp(IMAGE).toArray(), outputs.getLast().toArray());
  }

  @Test
  void liveAsLongAsThePlan() {
    try (RemoteDevice device = new RemoteDevice(1, 10_000)) {
      Plan plan = Planner.plan(NETWORK, device);
      assertEquals(1, device.ledger().buffers().get(), "buffers before the first run");
      assertEquals(0, device.ledger().streams().get(), "streams before the first run");
      for (int run = 0; run < 3; run++) {
        requireRight(plan);
        assertEquals(2, device.ledger().buffers().get(), "buffers after a run");
      }
      plan.close();
      device.ledger().requireClean();
    }
  }

  @Test
  void areNotOverwrittenByAGuardedRun() {
    try (RemoteDevice device = new RemoteDevice(1, 10_000);
        Plan plan = Planner.plan(NETWORK, device, PlanOptions.DEFAULT.withGuarded(true))) {
      requireRight(plan);
      requireRight(plan);
    }
  }

  @Test
  void areCountedWithTheWeights() {
    try (RemoteDevice device = new RemoteDevice(1, 0);
        Plan plan = Planner.plan(NETWORK, device)) {
      // 32 and 960 bytes, each rounded up to a multiple of the alignment.
      long constants = device.alignment() + 4 * device.alignment();
      assertEquals((8 * 8 * 9 + 8) * 4 + constants, plan.weightBytes());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ALLOCATION", "STREAM", "UPLOAD"})
  void aPlanWhoseConstantsCannotBePutThereLeavesNothingBehind(Faults.Kind kind) {
    try (RemoteDevice device = new RemoteDevice(1, 10_000)) {
      device.faults().failAt(kind, 1);
      assertThrows(DeviceException.class, () -> Planner.plan(NETWORK, device));
      device.ledger().requireClean();
      try (Plan plan = Planner.plan(NETWORK, device)) {
        requireRight(plan);
      }
    }
  }
}
