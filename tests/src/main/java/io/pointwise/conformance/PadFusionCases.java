// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Pads that planning may merge into the window behind them, and some that it must not. */
final class PadFusionCases {
  private static final Shape IMAGE = Shape.of(2, 4, 7, 6);
  private static final Window THREE = Window.square(3);
  private static final Layer ZEROS = pad(1, 0, 2, 1, 0);
  private static final Layer LEAST = pad(0, 1, 1, 2, Float.NEGATIVE_INFINITY);

  private PadFusionCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    cases.add(sequence("pad + conv", b -> b.layer(ZEROS).conv(5, THREE)));
    cases.add(sequence("pad + conv with padding", b -> b.layer(ZEROS).conv(5, THREE.pad(1))));
    cases.add(sequence("pad + conv stride 2", b -> b.layer(ZEROS).conv(5, THREE.stride(2))));
    cases.add(sequence("pad + pointwise", b -> b.layer(ZEROS).pointwise(9)));
    cases.add(sequence("pad + depthwise + relu", b -> b.layer(ZEROS).depthwise(THREE).relu()));
    cases.add(
        sequence(
            "pad + conv + bn + residual + relu",
            b ->
                b.residual(
                        r -> r.layer(pad(1, 1, 1, 1, 0)).conv(4, THREE).layer(new BatchNorm(1e-3f)))
                    .relu()));
    cases.add(sequence("pad of 1 + conv", b -> b.layer(pad(1, 1, 1, 1, 1)).conv(5, THREE)));
    cases.add(sequence("pad + avg-pool", b -> b.layer(ZEROS).layer(new AvgPool2d(THREE))));
    cases.add(
        sequence(
            "pad + avg-pool that counts its padding",
            b -> b.layer(pad(1, 0, 0, 1, 0)).layer(new AvgPool2d(THREE.pad(1), false, true))));
    cases.add(
        sequence(
            "pad + avg-pool with padding", b -> b.layer(ZEROS).layer(new AvgPool2d(THREE.pad(1)))));
    cases.add(
        sequence(
            "pad + avg-pool in ceil mode",
            b -> b.layer(ZEROS).layer(new AvgPool2d(THREE.stride(2), true, false))));
    cases.add(
        sequence("pad + max-pool", b -> b.layer(LEAST).layer(new MaxPool2d(THREE.stride(2)))));
    cases.add(
        sequence(
            "pad + max-pool with padding",
            b ->
                b.layer(pad(1, 1, 0, 0, Float.NEGATIVE_INFINITY))
                    .layer(new MaxPool2d(THREE.pad(1)))));
    cases.add(
        sequence("pad of 0 + max-pool", b -> b.layer(ZEROS).layer(new MaxPool2d(THREE.stride(2)))));
    cases.add(
        sequence(
            "wide pad + max-pool",
            b -> b.layer(pad(4, 0, 0, 3, Float.NEGATIVE_INFINITY)).layer(new MaxPool2d(THREE))));
    cases.add(
        new ConformanceCase(
            "pad + conv, pad is an output",
            Network.builder("pad")
                .input("image", IMAGE)
                .layer("pad", ZEROS)
                .conv("conv", 5, THREE)
                .build(0, List.of("conv", "pad"))));
    return cases;
  }

  private static Pad pad(int top, int left, int bottom, int right, float value) {
    return new Pad(
        List.of(0, 0, top, left), List.of(0, 0, bottom, right), Pad.Mode.CONSTANT, value);
  }

  private static ConformanceCase sequence(String name, UnaryOperator<NetworkBuilder> layers) {
    return ConformanceCase.of(name, IMAGE, layers);
  }
}
