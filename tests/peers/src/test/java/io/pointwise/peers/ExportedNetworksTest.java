// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.bench.Verification;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.onnx.LoadLimits;
import io.pointwise.onnx.Onnx;
import io.pointwise.peers.contestant.Contestant;
import io.pointwise.peers.contestant.OnnxRuntime;
import io.pointwise.peers.contestant.OwnEngine;
import io.pointwise.peers.export.OnnxExport;
import io.pointwise.peers.subject.NetworkCase;
import io.pointwise.plan.PlanOptions;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Tensor;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to ONNX is the network that it was: for our own reader and for ONNX Runtime. */
class ExportedNetworksTest {
  private static final long SEED = 7;

  static Set<String> names() {
    return Networks.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isTheSameNetworkForBothReaders(String name) {
    NetworkCase network = NetworkCase.of(SmallNetworks.get(name, SEED), 2, SEED);
    Expected expected = network.expected(Map.of());
    Network read =
        Onnx.open(name, OnnxExport.model(network.network()), LoadLimits.DEFAULT).network();

    assertEquals(network.network().cost().macs(), read.cost().macs());
    assertEquals(network.outputShape(), read.shape(read.outputs().getFirst()));
    assertRight(network, own(read, network.input()), expected);
    assertRight(network, onnxRuntime(network), expected);
  }

  @Test
  void aWholeNetworkOfOtherWeightsIsToldApart() {
    NetworkCase network = NetworkCase.of(SmallNetworks.get("resnet50", SEED), 1, SEED);
    NetworkCase other = NetworkCase.of(SmallNetworks.get("resnet50", SEED + 1), 1, SEED);
    Expected expected = network.expected(Map.of());

    Verification verification = Judge.of(network, own(other.network(), network.input()), expected);

    assertFalse(verification.ok());
  }

  @Test
  void anOutputThatIsNoNumberIsWrong() {
    NetworkCase network = NetworkCase.of(SmallNetworks.get("squeezenet", SEED), 1, SEED);
    Expected expected = network.expected(Map.of());
    Tensor output = own(network.network(), network.input());
    output.set(3, Float.NaN);

    assertFalse(Agreement.of(network.network(), output, expected).isOk());
    assertFalse(Judge.of(network, output, expected).ok());
  }

  @Test
  void oneImageOfABatchThatIsWrongIsSeen() {
    NetworkCase network = NetworkCase.of(SmallNetworks.get("squeezenet", SEED), 2, SEED);
    Expected expected = network.expected(Map.of());
    Tensor output = own(network.network(), network.input());
    long each = output.shape().elements() / 2;
    for (long i = 0; i < each; i++) {
      output.set(each + i, output.get(i));
    }

    assertFalse(Judge.of(network, output, expected).ok());
  }

  private static void assertRight(NetworkCase network, Tensor output, Expected expected) {
    Verification verification = Judge.of(network, output, expected);
    assertTrue(verification.ok(), String.valueOf(verification.detail()));
  }

  private static Tensor own(Network network, Tensor input) {
    try (Device device =
            Devices.installed().open(DevicePolicy.parse("cpu"), DeviceOptions.DEFAULT).device();
        Contestant engine = new OwnEngine(network, input, device, PlanOptions.DEFAULT)) {
      engine.run();
      return engine.output();
    }
  }

  private static Tensor onnxRuntime(NetworkCase network) {
    try (Contestant session = OnnxRuntime.of(network, 2)) {
      session.run();
      return session.output();
    }
  }
}
