// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.TestDevice;
import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceVerificationTest {
  private static final DeviceCase LAYER =
      new DeviceCase(
          "layer",
          () ->
              Network.builder("layer")
                  .input("x", Shape.of(1, 3, 5, 5))
                  .layer("conv", new Conv2d(4, Window.square(3).padSame(), 1, true))
                  .build(1));

  private static CaseResult run(Algorithm algorithm) {
    try (Device device =
        TestDevice.with(algorithm)
            .open(new DevicePolicy.Require("test"), DeviceOptions.DEFAULT)
            .device()) {
      return new DeviceCaseRunner(device, PlanOptions.DEFAULT).apply(LAYER);
    }
  }

  @Test
  void aRightDevicePasses() {
    CaseResult result = run(TestDevice.exact());
    assertEquals(CaseResult.Status.PASS, result.status());
    assertNotNull(result.maxError());
    assertNull(result.reason());
  }

  @Test
  void aWrongDeviceFailsWithTheWorstElement() {
    CaseResult result = run(TestDevice.wrong());
    assertEquals(CaseResult.Status.FAIL, result.status());
    assertTrue(result.line().contains("100 of 100 elements are wrong"), result.line());
    assertEquals(1, Objects.requireNonNull(result.maxError()), 1e-3);
  }

  @Test
  void whatItCannotRunIsUnsupported() {
    CaseResult result = run(TestDevice.onlyPointwise());
    assertEquals(CaseResult.Status.UNSUPPORTED, result.status());
    assertTrue(result.line().contains("is not 1×1"), result.line());
  }

  @Test
  void theCasesAreTheLayersOfAllSuitesAndTheNetworks() {
    List<DeviceCase> cases = DeviceCases.all();
    List<String> names = cases.stream().map(DeviceCase::name).toList();
    assertTrue(names.contains("1×1 512→32 @12×12"), names::toString);
    assertTrue(names.contains("7×7 3→64 @224×224 s2, no bias"), names::toString);
    assertTrue(names.contains("3×3 depthwise 1024 @7×7, no bias"), names::toString);
    assertTrue(names.contains("1×1→16, 5×5→32 @28×28"), names::toString);
    assertTrue(names.contains("resnet50 @64×64"), names::toString);
    Set<String> distinct = new HashSet<>(names);
    assertEquals(names.size(), distinct.size(), names::toString);
  }

  @Test
  void noLayerIsLargerThanTheReferenceTakesInReasonableTime() {
    for (DeviceCase each : DeviceCases.all()) {
      Network network = each.network().get();
      assertTrue(network.cost().macs() < 500_000_000, each.name());
    }
  }
}
