// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What planning fuses into one step: a linear layer with batch norm, residual add and activation
 * behind it; and values that must survive because somebody else reads them.
 */
final class FusionCases {
  private static final Shape IMAGE = Shape.of(2, 9, 7, 6);

  /** Folds exactly for variances that are powers of four. */
  private static final BatchNorm NORM = new BatchNorm(0);

  private FusionCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    activations(cases);
    residuals(cases);
    batchNorms(cases);
    readElsewhere(cases);
    return cases;
  }

  private static void activations(List<ConformanceCase> cases) {
    for (ActivationFunction function : ActivationCases.FUNCTIONS) {
      String name = ActivationCases.name(function);
      Activation activation = new Activation(function);
      cases.add(sequence("pointwise + " + name, b -> b.pointwise(17).layer(activation)));
      cases.add(
          sequence(
              "conv 3x3 + " + name, b -> b.conv(5, Window.square(3).pad(1)).layer(activation)));
      cases.add(sequence("linear + " + name, b -> b.flatten().linear(11).layer(activation)));
    }
    cases.add(sequence("depthwise + relu", b -> b.depthwise(Window.square(3).pad(1)).relu()));
    cases.add(
        sequence(
            "pointwise without bias + relu",
            b -> b.layer(new Conv2d(8, Window.square(1), 1, false)).relu()));
    cases.add(
        sequence(
            "transposed conv + relu",
            b -> b.layer(new ConvTranspose2d(4, Window.square(2).stride(2))).relu()));
    cases.add(
        sequence(
            "conv stride 2 + relu6", b -> b.conv(9, Window.square(3).stride(2).pad(1)).relu6()));
    cases.add(sequence("conv + relu + relu6", b -> b.pointwise(9).relu().relu6()));
  }

  private static void residuals(List<ConformanceCase> cases) {
    Window three = Window.square(3).pad(1);
    cases.add(sequence("pointwise + residual", b -> b.residual(r -> r.pointwise(9))));
    cases.add(sequence("pointwise + residual + relu", b -> b.residual(r -> r.pointwise(9)).relu()));
    cases.add(sequence("conv + residual", b -> b.residual(r -> r.conv(9, three))));
    cases.add(sequence("conv + residual + relu", b -> b.residual(r -> r.conv(9, three)).relu()));
    cases.add(
        sequence("conv + residual + sigmoid", b -> b.residual(r -> r.conv(9, three)).sigmoid()));
    cases.add(sequence("depthwise + residual", b -> b.residual(r -> r.depthwise(three)).relu6()));
    cases.add(
        ConformanceCase.of(
            "linear + residual + relu",
            Shape.of(3, 20),
            b -> b.residual(r -> r.linear(20)).relu()));
    cases.add(
        sequence(
            "conv + bn + residual + relu",
            b -> b.residual(r -> r.conv(9, three).layer(NORM)).relu()));
    cases.add(
        sequence(
            "residual of two convs",
            b -> b.residual(r -> r.conv(8, three), shortcut -> shortcut.pointwise(8)).relu()));
    cases.add(
        sequence(
            "conv + broadcast add + relu",
            b -> {
              String start = b.current();
              String pooled = b.globalAvgPool().current();
              return b.from(start).pointwise(9).add(pooled).relu();
            }));
  }

  private static void batchNorms(List<ConformanceCase> cases) {
    cases.add(sequence("pointwise + bn", b -> b.pointwise(8).layer(NORM)));
    cases.add(
        sequence("conv + bn + relu", b -> b.conv(8, Window.square(3).pad(1)).layer(NORM).relu()));
    cases.add(
        sequence(
            "conv without bias + bn",
            b -> b.layer(new Conv2d(8, Window.square(3), 1, false)).layer(NORM)));
    cases.add(
        sequence(
            "grouped conv + bn",
            b -> b.layer(new Conv2d(6, Window.square(3), 3, true)).layer(NORM)));
    cases.add(
        sequence("depthwise + bn + relu6", b -> b.depthwise(Window.square(3)).layer(NORM).relu6()));
    cases.add(
        sequence(
            "grouped transposed conv + bn",
            b -> b.layer(new ConvTranspose2d(6, Window.square(2), 0, 0, 3, false)).layer(NORM)));
    cases.add(sequence("linear + bn + relu", b -> b.flatten().linear(6).layer(NORM).relu()));
    cases.add(
        sequence(
            "conv + bn of 1e-3 + relu", b -> b.pointwise(8).layer(new BatchNorm(1e-3f)).relu()));
    cases.add(sequence("conv + bn + bn", b -> b.pointwise(8).layer(NORM).layer(NORM)));
    cases.add(sequence("conv + relu + bn", b -> b.pointwise(8).relu().batchNorm()));
  }

  /**
   * Cases whose inner values are read twice or given to the caller: fusing them away would lose
   * them.
   */
  private static void readElsewhere(List<ConformanceCase> cases) {
    cases.add(
        outputs(
            "conv + relu, conv is an output",
            List.of("relu", "conv"),
            start().conv("conv", 8, Window.square(3)).layer("relu", FusionLayers.RELU)));
    cases.add(
        outputs(
            "conv + bn, conv is an output",
            List.of("bn", "conv"),
            start().conv("conv", 8, Window.square(3)).layer("bn", new BatchNorm(1e-5f))));
    cases.add(
        outputs(
            "conv + residual, conv is an output",
            List.of("sum", "conv"),
            start()
                .conv("conv", 9, Window.square(1))
                .layer("sum", new Add(), List.of("conv", "image"))));
    cases.add(
        outputs(
            "conv + residual + relu, sum is an output",
            List.of("sum", "relu"),
            start()
                .conv("conv", 9, Window.square(1))
                .layer("sum", new Add(), List.of("image", "conv"))
                .layer("relu", FusionLayers.RELU)));
    cases.add(
        outputs(
            "conv + relu, conv is read again",
            List.of("sum"),
            start()
                .conv("conv", 8, Window.square(3))
                .layer("relu", FusionLayers.RELU)
                .layer("sum", new Add(), List.of("relu", "conv"))));
    cases.add(
        outputs(
            "conv + dropout + relu, dropout is an output",
            List.of("relu", "dropout"),
            start()
                .conv("conv", 8, Window.square(3))
                .layer("dropout", new Dropout(0.5f))
                .layer("relu", FusionLayers.RELU)));
    cases.add(
        outputs(
            "conv added to itself + relu",
            List.of("relu"),
            start()
                .conv("conv", 8, Window.square(3))
                .layer("sum", new Add(), List.of("conv", "conv"))
                .layer("relu", FusionLayers.RELU)));
    cases.add(
        outputs(
            "conv + residual that comes later",
            List.of("sum"),
            start()
                .conv("conv", 8, Window.square(1))
                .from("image")
                .conv("late", 8, Window.square(1))
                .layer("relu", FusionLayers.RELU)
                .layer("sum", new Add(), List.of("conv", "relu"))));
  }

  private static NetworkBuilder start() {
    return Network.builder("fusion").input("image", IMAGE);
  }

  private static ConformanceCase outputs(
      String name, List<String> outputs, NetworkBuilder builder) {
    return new ConformanceCase(name, builder.build(0, outputs));
  }

  private static ConformanceCase sequence(String name, UnaryOperator<NetworkBuilder> layers) {
    return ConformanceCase.of(name, IMAGE, layers);
  }
}
