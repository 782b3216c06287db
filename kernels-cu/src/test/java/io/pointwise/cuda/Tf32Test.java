// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.device.Precision;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.Weights;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A number that TF32 does not hold tells whether products were rounded to it. */
final class Tf32Test {
  private static final float FINE = 1 + 0x1p-12f;

  static Stream<Arguments> layers() {
    Shape image = Shape.of(1, 1, 3, 3);
    Shape one = Shape.of(1, 1, 1, 1);
    Window window = Window.square(1);
    return Stream.of(
        Arguments.of("cublas-1x1", new Conv2d(1, window, 1, false), image, one),
        Arguments.of("cublas-1x1-strided", new Conv2d(1, window.stride(2), 1, false), image, one),
        Arguments.of("cublas-linear", new Linear(1, false), Shape.of(1, 1), Shape.of(1, 1)),
        Arguments.of("cudnn-conv", new Conv2d(1, window, 1, false), image, one),
        Arguments.of("cudnn-conv-gemm", new Conv2d(1, window, 1, false), image, one),
        Arguments.of(
            "cudnn-conv-transpose", new ConvTranspose2d(1, window, 0, 0, 1, false), image, one));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void onlyWhereItIsAskedFor(String algorithm, Layer layer, Shape input, Shape weight) {
    Network.Graph graph = Network.graph("one");
    graph.input("x", input);
    graph.add("y", layer, Weights.of(Tensor.of(weight, 1)), List.of("x"));
    Network network = graph.build(List.of("y"));
    Tensor image = Tensor.zeros(input);
    for (long i = 0; i < input.elements(); i++) {
      image.set(i, FINE);
    }
    try (CudaDevice device = InstalledCuda.open(null)) {
      assumeTrue(device.info().simulated(), "a GPU may compute so small a product in FP32");
      PlanOptions options = PlanOptions.DEFAULT.withOnly(algorithm);
      for (Precision precision : List.of(Precision.FP32, Precision.TF32, Precision.FP32)) {
        try (Plan plan = Planner.plan(network, device, options.withPrecision(precision))) {
          float expected = precision == Precision.TF32 ? 1 : FINE;
          assertEquals(expected, plan.run(image).get(0), algorithm + " in " + precision);
        }
      }
    }
  }
}
