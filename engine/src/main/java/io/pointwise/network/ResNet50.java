// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.function.UnaryOperator;

/**
 * ResNet-50 (He et al., "Deep Residual Learning", 2015, table 1): bottlenecks, in which a 1×1
 * convolution reduces the channels for the 3×3 and another one restores them.
 *
 * <p>A stage after the first begins with a bottleneck of stride 2, and there are two traditions
 * about where in it the stride sits. In {@link Variant#V1}, the authors' own, on the first 1×1,
 * which thereby drops three pixels of four unseen; in {@link Variant#V1_5}, on the 3×3, as in
 * Torch, PyTorch and MLPerf. Parameters are the same.
 */
final class ResNet50 {
  /** Where the stride of a bottleneck sits. */
  enum Variant {
    V1,
    V1_5
  }

  private final Variant variant;

  private ResNet50(Variant variant) {
    this.variant = variant;
  }

  static Network build(String name, Variant variant, long seed) {
    ResNet50 resnet = new ResNet50(variant);
    return Network.builder(name)
        .input("image", Shape.of(1, 3, 224, 224))
        .then(conv("conv1", 64, Window.square(7).stride(2).pad(3)))
        .relu()
        .maxPool(Window.square(3).stride(2).pad(1))
        .then(resnet.stage("conv2", 3, 64, 1))
        .then(resnet.stage("conv3", 4, 128, 2))
        .then(resnet.stage("conv4", 6, 256, 2))
        .then(resnet.stage("conv5", 3, 512, 2))
        .globalAvgPool()
        .flatten()
        .linear("classifier", 1000)
        .softmax()
        .build(seed);
  }

  private UnaryOperator<NetworkBuilder> stage(String name, int blocks, int width, int stride) {
    return builder -> {
      NetworkBuilder stage = builder.scope(name + "-1", firstBottleneck(width, stride));
      for (int block = 2; block <= blocks; block++) {
        stage = stage.scope(name + "-" + block, b -> b.residual(body(width, 1)).relu());
      }
      return stage;
    };
  }

  /** The first of a stage widens the channels, so its shortcut is a 1×1 convolution. */
  private UnaryOperator<NetworkBuilder> firstBottleneck(int width, int stride) {
    UnaryOperator<NetworkBuilder> shortcut =
        conv("shortcut", 4 * width, Window.square(1).stride(stride));
    return b -> b.residual(body(width, stride), shortcut).relu();
  }

  private UnaryOperator<NetworkBuilder> body(int width, int stride) {
    int stride1x1 = variant == Variant.V1 ? stride : 1;
    int stride3x3 = variant == Variant.V1 ? 1 : stride;
    return b ->
        b.then(conv("1x1-reduce", width, Window.square(1).stride(stride1x1)))
            .relu()
            .then(conv("3x3", width, Window.square(3).stride(stride3x3).pad(1)))
            .relu()
            .then(conv("1x1-expand", 4 * width, Window.square(1)));
  }

  /** Convolution without bias, and batch norm. */
  private static UnaryOperator<NetworkBuilder> conv(String name, int oc, Window window) {
    return b ->
        b.layer(name, new Conv2d(oc, window, 1, false)).layer(name + "/bn", new BatchNorm(1e-5f));
  }
}
