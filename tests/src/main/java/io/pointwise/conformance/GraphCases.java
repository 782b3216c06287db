// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Add;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Small graphs: branches, residual blocks, several inputs and outputs, values that are read in
 * unusual ways.
 */
final class GraphCases {
  private static final Shape IMAGE = Shape.of(2, 8, 9, 8);
  private static final Window THREE = Window.square(3).pad(1);

  private GraphCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        ConformanceCase.of("inception", IMAGE, GraphCases::inception),
        ConformanceCase.of(
            "two inceptions", IMAGE, b -> inception(inception(b).relu()).globalAvgPool()),
        ConformanceCase.of("bottleneck", IMAGE, GraphCases::bottleneck),
        ConformanceCase.of(
            "three bottlenecks",
            IMAGE,
            b -> bottleneck(bottleneck(bottleneck(b).relu()).relu()).relu()),
        ConformanceCase.of(
            "projected residual",
            IMAGE,
            b ->
                b.residual(
                        r ->
                            r.conv(12, THREE.stride(2))
                                .batchNorm()
                                .relu()
                                .conv(12, THREE)
                                .batchNorm(),
                        s -> s.conv(12, Window.square(1).stride(2)).batchNorm())
                    .relu()),
        ConformanceCase.of(
            "depthwise separable",
            IMAGE,
            b -> b.depthwise(THREE).batchNorm().relu6().pointwise(17).batchNorm().relu6()),
        ConformanceCase.of("squeeze and excite", IMAGE, GraphCases::squeezeAndExcite),
        ConformanceCase.of(
            "whole classifier",
            Shape.of(2, 3, 17, 15),
            b ->
                b.conv(8, THREE.stride(2))
                    .relu()
                    .maxPool(Window.square(2).stride(2))
                    .localResponseNorm(5, 1e-4f, 0.75f, 1)
                    .pointwise(12)
                    .relu()
                    .dropout(0.5f)
                    .globalAvgPool()
                    .flatten()
                    .linear(10)
                    .softmax()),
        ConformanceCase.of(
            "convs and pools in turn",
            IMAGE,
            b ->
                b.conv(8, THREE)
                    .maxPool(Window.square(2))
                    .conv(9, THREE)
                    .avgPool(Window.square(2))
                    .pointwise(5)),
        twoInputs(),
        twoOutputs(),
        outputs(
            "an output that is also read",
            List.of("relu", "conv2"),
            start()
                .conv("conv1", 5, THREE)
                .layer("relu", FusionLayers.RELU)
                .conv("conv2", 6, THREE)),
        outputs(
            "an output that is an input", List.of("image", "conv"), start().conv("conv", 5, THREE)),
        outputs("nothing but an input", List.of("image"), start()),
        outputs(
            "an input added to itself",
            List.of("sum"),
            start().layer("sum", new Add(), List.of("image", "image"))),
        outputs(
            "an input multiplied by itself",
            List.of("product"),
            start().layer("product", new Mul(), List.of("image", "image"))),
        outputs(
            "an input joined to itself",
            List.of("twice"),
            start().layer("twice", new Concat(1), List.of("image", "image", "image"))),
        outputs("the same output twice", List.of("conv", "conv"), start().conv("conv", 5, THREE)),
        outputs("the same input as output twice", List.of("image", "image"), start()),
        outputs(
            "an output and its view",
            List.of("conv", "flat"),
            start().conv("conv", 5, THREE).layer("flat", FusionLayers.FLATTEN)),
        outputs(
            "a layer that nobody reads",
            List.of("conv"),
            start().conv("lost", 7, THREE).from("image").conv("conv", 5, THREE)),
        unreadInput());
  }

  private static NetworkBuilder inception(NetworkBuilder builder) {
    return builder.branches(
        b -> b.pointwise(5).relu(),
        b -> b.pointwise(4).relu().conv(6, THREE).relu(),
        b -> b.pointwise(3).relu().conv(4, Window.square(5).pad(2)).relu(),
        b -> b.maxPool(THREE).pointwise(3).relu());
  }

  private static NetworkBuilder bottleneck(NetworkBuilder builder) {
    return builder.residual(b -> b.pointwise(4).relu().conv(4, THREE).relu().pointwise(8));
  }

  private static NetworkBuilder squeezeAndExcite(NetworkBuilder builder) {
    String image = builder.conv(8, THREE).relu().current();
    return builder.globalAvgPool().pointwise(3).relu().pointwise(8).sigmoid().mul(image);
  }

  private static ConformanceCase twoInputs() {
    NetworkBuilder builder =
        Network.builder("two inputs").input("left", IMAGE).input("right", Shape.of(2, 3, 9, 8));
    builder.conv("conv", 8, THREE).layer("sum", new Add(), List.of("left", "conv")).relu();
    return new ConformanceCase("two inputs", builder.build(0));
  }

  private static ConformanceCase twoOutputs() {
    NetworkBuilder builder = start().conv("trunk", 6, THREE).layer("relu", FusionLayers.RELU);
    builder.conv("head1", 3, Window.square(1)).from("relu").conv("head2", 4, THREE);
    return outputs("two outputs", List.of("head2", "head1"), builder);
  }

  private static ConformanceCase unreadInput() {
    NetworkBuilder builder =
        Network.builder("unread").input("unread", Shape.of(3)).input("image", IMAGE);
    return outputs("an input that nobody reads", List.of("conv"), builder.conv("conv", 5, THREE));
  }

  private static NetworkBuilder start() {
    return Network.builder("graph").input("image", IMAGE);
  }

  private static ConformanceCase outputs(
      String name, List<String> outputs, NetworkBuilder builder) {
    return new ConformanceCase(name, builder.build(0, outputs));
  }
}
