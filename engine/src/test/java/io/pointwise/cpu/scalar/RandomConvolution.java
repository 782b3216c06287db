// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.SplittableRandom;

/** Small random convolutions and data for them. */
public final class RandomConvolution {
  private RandomConvolution() {}

  /** Any mixture of stride, asymmetric padding, dilation, groups and bias. */
  public static ConvSpec spec(SplittableRandom random) {
    int groups = random.nextInt(1, 4);
    Window window =
        new Window(
            random.nextInt(1, 4),
            random.nextInt(1, 4),
            random.nextInt(1, 4),
            random.nextInt(1, 4),
            random.nextInt(3),
            random.nextInt(3),
            random.nextInt(3),
            random.nextInt(3),
            random.nextInt(1, 4),
            random.nextInt(1, 4));
    return new ConvSpec(
        random.nextInt(1, 3),
        groups * random.nextInt(1, 5),
        (int) window.extentH() + random.nextInt(6),
        (int) window.extentW() + random.nextInt(6),
        groups * random.nextInt(1, 12),
        window,
        groups,
        random.nextBoolean());
  }

  /** Integers from −8 to 8: sums of a few thousand products of them are exact in float32. */
  public static Tensor integers(SplittableRandom random, Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, random.nextInt(-8, 9));
    }
    return tensor;
  }

  /** Normally distributed numbers. */
  public static Tensor reals(SplittableRandom random, Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, (float) random.nextGaussian());
    }
    return tensor;
  }
}
