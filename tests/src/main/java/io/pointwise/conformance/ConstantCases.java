// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Add;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Constant;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Mul;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/** Constants as operands and as outputs. */
final class ConstantCases {
  private static final Shape IMAGE = Shape.of(2, 6, 5, 4);
  private static final Layer ADD = new Add();

  private ConstantCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        of("a constant added", Shape.of(6, 1, 1), List.of("sum"), ConstantCases::sum),
        of(
            "a constant subtracted and multiplied",
            Shape.of(4),
            List.of("product"),
            b ->
                b.layer(
                        "difference",
                        new Elementwise(Elementwise.Function.SUBTRACT),
                        List.of("constant", "image"))
                    .layer("product", new Mul(), List.of("difference", "constant"))),
        of(
            "a constant as a residual",
            Shape.of(2, 6, 5, 4),
            List.of("sum"),
            b ->
                b.from("image")
                    .pointwise("conv", 6)
                    .layer("sum", ADD, List.of("conv", "constant"))
                    .relu()),
        of(
            "a constant that convolutions read",
            Shape.of(2, 6, 5, 4),
            List.of("both"),
            b ->
                b.from("constant")
                    .pointwise("first", 3)
                    .from("image")
                    .pointwise("second", 3)
                    .layer("both", new Concat(1), List.of("first", "constant", "second"))),
        of("a constant as an output", Shape.of(3), List.of("constant", "sum"), ConstantCases::own),
        of(
            "a constant as an output twice, and its view",
            Shape.of(3, 2),
            List.of("constant", "flat", "constant"),
            b -> b.from("constant").layer("flat", FusionLayers.FLATTEN)),
        of(
            "a constant with no elements",
            Shape.of(2, 0, 5, 4),
            List.of("both", "constant"),
            b -> b.layer("both", new Concat(1), List.of("constant", "image"))),
        of("a constant that is a scalar", Shape.of(), List.of("sum"), ConstantCases::sum));
  }

  private static NetworkBuilder sum(NetworkBuilder builder) {
    return builder.layer("sum", ADD, List.of("image", "constant"));
  }

  private static NetworkBuilder own(NetworkBuilder builder) {
    return builder.layer("sum", ADD, List.of("constant", "constant"));
  }

  private static ConformanceCase of(
      String name, Shape constant, List<String> outputs, UnaryOperator<NetworkBuilder> layers) {
    NetworkBuilder builder =
        Network.builder(name)
            .input("image", IMAGE)
            .layer("constant", new Constant(constant), List.of());
    return new ConformanceCase(name, layers.apply(builder).build(0, outputs));
  }
}
