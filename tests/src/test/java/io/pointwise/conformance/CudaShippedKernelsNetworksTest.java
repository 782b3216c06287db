// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.device.Device;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.plan.Plan;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each ready network runs on the kernels that are shipped as PTX as it does on those that NVRTC
 * compiles: by the same algorithms, with the same results.
 */
final class CudaShippedKernelsNetworksTest {
  static Set<String> networks() {
    return Networks.names();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void runsAsWithNvrtc(String name) {
    Network network = Networks.get(name, 1);
    Tensor input = image(network.inputs().values().iterator().next());
    assertEquals(run(network, input, false), run(network, input, true));
  }

  /**
   * What a run was.
   *
   * @param algorithms of the steps
   * @param outputs that came out
   */
  private record Ran(List<String> algorithms, List<Float> outputs) {}

  private static Ran run(Network network, Tensor input, boolean shipped) {
    try (Device device = ShippedKernels.openCuda(shipped);
        Plan plan = Planner.plan(network, device)) {
      Tensor output = plan.run(input);
      List<Float> values = new ArrayList<>();
      for (float value : output.toArray()) {
        values.add(value);
      }
      return new Ran(
          plan.blueprint().steps().stream().map(step -> step.algorithm().name()).toList(), values);
    }
  }

  private static Tensor image(Shape shape) {
    SplittableRandom random = new SplittableRandom(3);
    Tensor image = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      image.set(i, random.nextFloat(-1, 1));
    }
    return image;
  }
}
