// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;

/**
 * Three small ConvNets for digits of 1×28×28, which put one question each: what does a 1×1
 * convolution add (A), what does the classic network with linear layers cost (B), and what does the
 * modern one save that has 1×1 convolutions in their place (C).
 *
 * <p>Given are the channels 1→3→8 of A with "the extra 1×1 and ReLU", the linear layers 3136→100→10
 * of B with sigmoid, and for C "64→32→10 by 1×1 and 7×7 average pooling, sigmoid". B's 3136 fixes
 * its trunk's output to 64×7×7. Our choice is the rest: 3×3 kernels padded to keep the size, ReLU
 * after each convolution of A and of the trunk and between C's two 1×1, two max poolings of 2, 32
 * channels after the first convolution, the same trunk for C, and C's sigmoid after the pooling.
 */
final class ConvNets {
  private static final Window SAME_3X3 = Window.square(3).padSame();
  private static final Window HALVE = Window.square(2).stride(2);

  private ConvNets() {}

  private static NetworkBuilder digits(String name) {
    return Network.builder(name).input("image", Shape.of(1, 1, 28, 28));
  }

  static Network a(long seed) {
    return digits("convnet-a")
        .convRelu("conv1", 3, SAME_3X3)
        .convRelu("mix", 8, Window.square(1))
        .build(seed);
  }

  static Network b(long seed) {
    return digits("convnet-b")
        .then(ConvNets::trunk)
        .flatten()
        .linear("linear1", 100)
        .sigmoid()
        .linear("linear2", 10)
        .sigmoid()
        .build(seed);
  }

  static Network c(long seed) {
    return digits("convnet-c")
        .then(ConvNets::trunk)
        .convRelu("mix1", 32, Window.square(1))
        .pointwise("mix2", 10)
        .avgPool(Window.square(7))
        .sigmoid()
        .flatten()
        .build(seed);
  }

  private static NetworkBuilder trunk(NetworkBuilder builder) {
    return builder
        .convRelu("conv1", 32, SAME_3X3)
        .maxPool(HALVE)
        .convRelu("conv2", 64, SAME_3X3)
        .maxPool(HALVE);
  }
}
