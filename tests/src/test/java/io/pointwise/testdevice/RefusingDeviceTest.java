// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.Support;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.plan.PlanningException;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Planning on a device that takes nothing names the layer and every reason. */
final class RefusingDeviceTest {
  /** Takes nothing and must not be asked to hold anything. */
  private static final class RefusingDevice implements Device {
    private final RemoteDevice nobody = new RemoteDevice(1, 0);

    @Override
    public DeviceInfo info() {
      return nobody.info();
    }

    @Override
    public List<Algorithm> algorithms() {
      return List.of(
          new RemoteAlgorithm("first", nobody, _ -> Support.no("the moon is full")),
          new RemoteAlgorithm("second", nobody, _ -> Support.no("it is raining")));
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
      throw new AssertionError("planning allocates nothing");
    }

    @Override
    public DeviceStream openStream() {
      throw new AssertionError("planning opens no stream");
    }

    @Override
    public void close() {}
  }

  private static String refusal(UnaryOperator<NetworkBuilder> layers) {
    Network network =
        layers.apply(Network.builder("net").input("image", Shape.of(1, 8, 6, 5))).build(1);
    PlanningException refusal =
        assertThrows(
            PlanningException.class,
            () -> Planner.blueprint(network, new RefusingDevice(), PlanOptions.DEFAULT));
    String message = String.valueOf(refusal.getMessage());
    for (String reason : List.of("first", "the moon is full", "second", "it is raining")) {
      assertTrue(message.contains(reason), message);
    }
    return message;
  }

  @Test
  void aLayerIsNamedWithEveryReason() {
    String message = refusal(b -> b.pointwise(4));
    assertTrue(message.contains("conv2d-1"), message);
    assertTrue(message.contains("1×8×6×5"), message);
  }

  @Test
  void aFusedLayerIsNamedAsItsAuthorNamedIt() {
    String message = refusal(b -> b.residual(r -> r.pointwise(8).batchNorm()).relu());
    assertTrue(message.contains("conv2d-1"), message);
    assertFalse(message.contains("before"), message);
  }

  @Test
  void anOutputThatIsAnInputNeedsACopyThatIsRefused() {
    String message = refusal(b -> b);
    assertTrue(message.contains("image"), message);
  }
}
