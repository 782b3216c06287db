// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Role;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Makes tensors of seeded data, suited to their role. */
sealed interface Filling {
  /** Slopes of PReLU in {@link Integers} are multiples of a quarter. */
  int SLOPE_FRACTION_BITS = 2;

  /** An input of a network. */
  Tensor input(Shape shape);

  /** A weight tensor. */
  Tensor weight(Role role, Shape shape);

  /**
   * Integers up to {@code amplitude} in magnitude.
   *
   * @param random source
   * @param amplitude from {@link ExactRange}
   */
  record Integers(SplittableRandom random, int amplitude) implements Filling {
    @Override
    public Tensor input(Shape shape) {
      return fill(shape, this::integer);
    }

    @Override
    public Tensor weight(Role role, Shape shape) {
      return switch (role) {
        case WEIGHT, BIAS, SHIFT, MEAN, VALUE -> fill(shape, this::integer);
        // Together a factor scale/√variance of 1 or 2, with either sign.
        case SCALE -> fill(shape, () -> random.nextBoolean() ? 2 : -2);
        case VARIANCE -> fill(shape, () -> random.nextBoolean() ? 1 : 4);
        case SLOPE -> fill(shape, () -> random.nextInt(5) / 4.0);
      };
    }

    private double integer() {
      return random.nextInt(-amplitude, amplitude + 1);
    }
  }

  /**
   * Reals of magnitude one; filters are scaled by their fan-in, so that values keep that magnitude
   * through a network.
   *
   * @param random source
   */
  record Reals(SplittableRandom random) implements Filling {
    @Override
    public Tensor input(Shape shape) {
      return fill(shape, () -> random.nextDouble(-2, 2));
    }

    @Override
    public Tensor weight(Role role, Shape shape) {
      return switch (role) {
        case WEIGHT -> {
          double scale = Math.sqrt(3.0 / Math.max(1, shape.elements(1, shape.rank())));
          yield fill(shape, () -> random.nextDouble(-scale, scale));
        }
        case BIAS, SHIFT, MEAN -> fill(shape, () -> random.nextDouble(-0.5, 0.5));
        case SCALE, VARIANCE -> fill(shape, () -> random.nextDouble(0.5, 1.5));
        case SLOPE -> fill(shape, () -> random.nextDouble(0, 0.5));
        case VALUE -> input(shape);
      };
    }
  }

  private static Tensor fill(Shape shape, DoubleSupplier values) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, (float) values.getAsDouble());
    }
    return tensor;
  }
}
