// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.function.UnaryOperator;

/**
 * Network in Network (Lin, Chen and Yan, 2013), the paper that put the 1×1 convolution into use:
 * three "mlpconv" layers, a convolution and two 1×1 convolutions each, and global average pooling
 * in place of linear layers.
 *
 * <p>The form for CIFAR-10, in the sizes of the model that the authors published for Caffe. Its
 * poolings round up, hence ceil mode, and its last one is 8×8 on 8×8, hence global here.
 */
final class NetworkInNetwork {
  private static final Window POOL = Window.square(3).stride(2);

  private NetworkInNetwork() {}

  static Network build(long seed) {
    return Network.builder("nin")
        .input("image", Shape.of(1, 3, 32, 32))
        .then(mlpconv("mlpconv1", Window.square(5).pad(2), 192, 160, 96))
        .layer("pool1", new MaxPool2d(POOL, true))
        .dropout(0.5f)
        .then(mlpconv("mlpconv2", Window.square(5).pad(2), 192, 192, 192))
        .layer("pool2", new AvgPool2d(POOL, true, false))
        .dropout(0.5f)
        .then(mlpconv("mlpconv3", Window.square(3).pad(1), 192, 192, 10))
        .globalAvgPool()
        .flatten()
        .softmax()
        .build(seed);
  }

  private static UnaryOperator<NetworkBuilder> mlpconv(
      String name, Window window, int conv, int mlp1, int mlp2) {
    return builder ->
        builder.scope(
            name,
            b ->
                b.convRelu("conv", conv, window)
                    .convRelu("mlp1", mlp1, Window.square(1))
                    .convRelu("mlp2", mlp2, Window.square(1)));
  }
}
