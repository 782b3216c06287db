// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.function.UnaryOperator;

/**
 * GoogLeNet (Szegedy et al., "Going Deeper with Convolutions", 2014, table 1): nine Inception
 * modules, in which 1×1 convolutions reduce the channels before the 3×3 and 5×5.
 *
 * <p>As BVLC published it for Caffe: biases everywhere, poolings that round up, local response
 * normalisation of five channels before and after the second convolution. Without the two auxiliary
 * heads, which serve training only.
 */
final class GoogLeNet {
  private static final MaxPool2d HALVE = new MaxPool2d(Window.square(3).stride(2), true);
  private static final LocalResponseNorm NORM = new LocalResponseNorm(5, 1e-4f, 0.75f, 1);
  private static final Window SAME_3X3 = Window.square(3).pad(1);
  private static final Window SAME_5X5 = Window.square(5).pad(2);

  private GoogLeNet() {}

  static Network build(long seed) {
    return Network.builder("googlenet")
        .input("image", Shape.of(1, 3, 224, 224))
        .convRelu("conv1/7x7", 64, Window.square(7).stride(2).pad(3))
        .layer("conv1/pool", HALVE)
        .layer("conv1/norm", NORM)
        .convRelu("conv2/3x3-reduce", 64, Window.square(1))
        .convRelu("conv2/3x3", 192, SAME_3X3)
        .layer("conv2/norm", NORM)
        .layer("conv2/pool", HALVE)
        .then(inception("3a", 64, 96, 128, 16, 32, 32))
        .then(inception("3b", 128, 128, 192, 32, 96, 64))
        .layer("pool3", HALVE)
        .then(inception("4a", 192, 96, 208, 16, 48, 64))
        .then(inception("4b", 160, 112, 224, 24, 64, 64))
        .then(inception("4c", 128, 128, 256, 24, 64, 64))
        .then(inception("4d", 112, 144, 288, 32, 64, 64))
        .then(inception("4e", 256, 160, 320, 32, 128, 128))
        .layer("pool4", HALVE)
        .then(inception("5a", 256, 160, 320, 32, 128, 128))
        .then(inception("5b", 384, 192, 384, 48, 128, 128))
        .globalAvgPool()
        .flatten()
        .dropout(0.4f)
        .linear("classifier", 1000)
        .softmax()
        .build(seed);
  }

  /** One module; the numbers are a row of the paper's table 1, in its order. */
  private static UnaryOperator<NetworkBuilder> inception(
      String name, int c1, int reduce3, int c3, int reduce5, int c5, int poolProj) {
    return builder ->
        builder.scope(
            "inception-" + name,
            module ->
                module.branches(
                    b -> b.convRelu("1x1", c1, Window.square(1)),
                    b ->
                        b.convRelu("3x3-reduce", reduce3, Window.square(1))
                            .convRelu("3x3", c3, SAME_3X3),
                    b ->
                        b.convRelu("5x5-reduce", reduce5, Window.square(1))
                            .convRelu("5x5", c5, SAME_5X5),
                    b ->
                        b.layer("pool", new MaxPool2d(SAME_3X3))
                            .convRelu("pool-proj", poolProj, Window.square(1))));
  }
}
