// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.function.UnaryOperator;

/**
 * SqueezeNet 1.1 (Iandola et al., 2016; version 1.1 is the authors' own later release): fire
 * modules, which squeeze the channels by a 1×1 convolution and expand them by a 1×1 and a 3×3 side
 * by side.
 *
 * <p>Layers as the authors published them for Caffe, whose poolings round up; the input is 224×224
 * as for the other networks here, where their file has 227×227.
 */
final class SqueezeNet {
  private static final MaxPool2d HALVE = new MaxPool2d(Window.square(3).stride(2), true);

  private SqueezeNet() {}

  static Network build(long seed) {
    return Network.builder("squeezenet")
        .input("image", Shape.of(1, 3, 224, 224))
        .convRelu("conv1", 64, Window.square(3).stride(2))
        .layer("pool1", HALVE)
        .then(fire("fire2", 16, 64))
        .then(fire("fire3", 16, 64))
        .layer("pool3", HALVE)
        .then(fire("fire4", 32, 128))
        .then(fire("fire5", 32, 128))
        .layer("pool5", HALVE)
        .then(fire("fire6", 48, 192))
        .then(fire("fire7", 48, 192))
        .then(fire("fire8", 64, 256))
        .then(fire("fire9", 64, 256))
        .dropout(0.5f)
        .convRelu("conv10", 1000, Window.square(1))
        .globalAvgPool()
        .flatten()
        .softmax()
        .build(seed);
  }

  private static UnaryOperator<NetworkBuilder> fire(String name, int squeeze, int expand) {
    return builder ->
        builder.scope(
            name,
            module ->
                module
                    .convRelu("squeeze-1x1", squeeze, Window.square(1))
                    .branches(
                        b -> b.convRelu("expand-1x1", expand, Window.square(1)),
                        b -> b.convRelu("expand-3x3", expand, Window.square(3).pad(1))));
  }
}
