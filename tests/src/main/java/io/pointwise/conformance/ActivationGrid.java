// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.ActivationFunction;
import org.jspecify.annotations.Nullable;

/** What an activation makes of a set of exact numbers. */
final class ActivationGrid {
  private static final double LIMIT = 1 << 24;
  private static final int WRAPPING_BITS = 16;

  private ActivationGrid() {}

  /** The numbers that come out, if all of them are computed exactly; else null. */
  static @Nullable Grid of(ActivationFunction function, Grid in) {
    return switch (function) {
      case ActivationFunction.Relu _,
          ActivationFunction.ThresholdedRelu _,
          ActivationFunction.Abs _ ->
          in;
      case ActivationFunction.Clip clip ->
          in.or(Grid.of(clip.low()))
              .or(Grid.of(clip.high()))
              .atMost(Math.max(Math.abs(clip.low()), Math.abs(clip.high())));
      case ActivationFunction.LeakyRelu leaky -> in.or(in.times(Grid.of(leaky.slope())));
      case ActivationFunction.Affine affine ->
          in.times(Grid.of(affine.scale())).plus(Grid.of(affine.offset()));
      case ActivationFunction.HardSigmoid hard -> {
        Grid line = in.times(Grid.of(hard.alpha())).plus(Grid.of(hard.beta()));
        yield line.isExact() ? line.or(Grid.of(1)).atMost(1) : null;
      }
      case ActivationFunction.Floor _, ActivationFunction.Ceil _, ActivationFunction.Truncate _ ->
          new Grid(Math.ceil(in.max()), 0);
      case ActivationFunction.NotZero _ -> new Grid(1, 0);
      case ActivationFunction.WrapInteger wrap -> wrapped(wrap, in);
      case ActivationFunction.Sigmoid _,
          ActivationFunction.Tanh _,
          ActivationFunction.HardSwish _,
          ActivationFunction.Elu _,
          ActivationFunction.Selu _,
          ActivationFunction.Celu _,
          ActivationFunction.Softplus _,
          ActivationFunction.Softsign _,
          ActivationFunction.Mish _,
          ActivationFunction.Swish _,
          ActivationFunction.Gelu _,
          ActivationFunction.Erf _,
          ActivationFunction.Exp _,
          ActivationFunction.Log _,
          ActivationFunction.Sqrt _,
          ActivationFunction.Reciprocal _ ->
          null;
    };
  }

  /** Whole numbers that are small enough; wide types without a sign make NaN of negative ones. */
  private static @Nullable Grid wrapped(ActivationFunction.WrapInteger wrap, Grid in) {
    if (in.fractionBits() > 0 || in.max() >= LIMIT) {
      return null;
    }
    if (wrap.bits() <= WRAPPING_BITS) {
      return new Grid(1 << wrap.bits(), 0);
    }
    return wrap.signed() ? in : null;
  }
}
