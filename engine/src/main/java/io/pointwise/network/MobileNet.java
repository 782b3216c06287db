// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.function.UnaryOperator;

/**
 * MobileNet v1, width 1.0, resolution 224 (Howard et al., 2017, table 1): depthwise-separable
 * convolutions, a 3×3 for each channel alone and a 1×1 that mixes them.
 *
 * <p>Batch norm and ReLU after every convolution, which hence has no bias. ReLU as in the paper's
 * figure 3; the authors' TensorFlow model has ReLU6 in its place, which costs the same. Padding is
 * one on each side, where TensorFlow's "SAME" pads only the end at stride 2; shapes and costs are
 * equal.
 */
final class MobileNet {
  private static final BatchNorm NORM = new BatchNorm(1e-3f);
  private static final Activation RELU = new Activation(new ActivationFunction.Relu());

  private MobileNet() {}

  static Network build(long seed) {
    return Network.builder("mobilenet")
        .input("image", Shape.of(1, 3, 224, 224))
        .layer("conv1", new Conv2d(32, window(2), 1, false))
        .then(normalized("conv1"))
        .then(separable("separable1", 1, 64))
        .then(separable("separable2", 2, 128))
        .then(separable("separable3", 1, 128))
        .then(separable("separable4", 2, 256))
        .then(separable("separable5", 1, 256))
        .then(separable("separable6", 2, 512))
        .then(separable("separable7", 1, 512))
        .then(separable("separable8", 1, 512))
        .then(separable("separable9", 1, 512))
        .then(separable("separable10", 1, 512))
        .then(separable("separable11", 1, 512))
        .then(separable("separable12", 2, 1024))
        .then(separable("separable13", 1, 1024))
        .globalAvgPool()
        .flatten()
        .linear("classifier", 1000)
        .softmax()
        .build(seed);
  }

  private static UnaryOperator<NetworkBuilder> separable(String name, int stride, int oc) {
    return builder ->
        builder.scope(
            name,
            b ->
                b.depthwise("depthwise", window(stride))
                    .then(normalized("depthwise"))
                    .layer("pointwise", new Conv2d(oc, Window.square(1), 1, false))
                    .then(normalized("pointwise")));
  }

  /** Batch norm and ReLU after the convolution of this name. */
  private static UnaryOperator<NetworkBuilder> normalized(String conv) {
    return b -> b.layer(conv + "/bn", NORM).layer(conv + "/relu", RELU);
  }

  private static Window window(int stride) {
    return Window.square(3).stride(stride).pad(1);
  }
}
