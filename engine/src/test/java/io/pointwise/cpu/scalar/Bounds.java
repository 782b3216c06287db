// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Role;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Checks the bounds that scalar operations give for inputs that have errors already. */
final class Bounds {
  static final Workers WORKERS = new Workers(1);

  private Bounds() {}

  /**
   * Numbers with errors, and what a device may hold in their place.
   *
   * @param exact doubles with bounds on their errors
   * @param held floats within those bounds
   */
  record Held(Field exact, Tensor held) {
    /** Draws both; an error of 0 leaves a number that is a float. */
    static Held of(
        SplittableRandom random, Shape shape, DoubleSupplier values, DoubleSupplier errors) {
      Field exact = Field.tracked(shape);
      Tensor held = Tensor.zeros(shape);
      for (long i = 0; i < shape.elements(); i++) {
        double error = errors.getAsDouble();
        double value = error == 0 ? (float) values.getAsDouble() : values.getAsDouble();
        held.set(i, near(random, value, error));
        exact.set(i, value, error);
      }
      return new Held(exact, held);
    }

    float get(long i) {
      return held.get(i);
    }
  }

  /** A float within the error of a number, often at the very end. */
  static float near(SplittableRandom random, double value, double error) {
    double side =
        switch (random.nextInt(3)) {
          case 0 -> -1;
          case 1 -> 1;
          default -> random.nextDouble(-1, 1);
        };
    float near = (float) (value + side * error);
    if (near > value + error) {
      near = Math.nextDown(near);
    } else if (near < value - error) {
      near = Math.nextUp(near);
    }
    boolean within = Math.abs(near - value) <= error;
    return within ? near : (float) value;
  }

  /** What a layer gives for tracked inputs: values and bounds. */
  static Field expect(Layer layer, Map<Role, Field> weights, List<Held> inputs) {
    List<Shape> shapes = inputs.stream().map(input -> input.held.shape()).toList();
    Shape shape = layer.outputShape(shapes);
    Field output = Field.tracked(shape);
    new ScalarStep(
            layer, shapes, shape, Epilogue.NONE, weights, Allowance.none(shapes.size()), WORKERS)
        .run(inputs.stream().map(Held::exact).toList(), output);
    return output;
  }

  /** Fails if a float is farther from its element than the bound, or the bound is infinite. */
  static void assertWithin(String what, Field expected, long i, float actual) {
    double distance = Math.abs(actual - expected.value(i));
    assertTrue(
        distance <= expected.error(i) && Double.isFinite(expected.error(i)),
        () ->
            what
                + ", element "
                + i
                + ": "
                + actual
                + " is not within "
                + expected.error(i)
                + " of "
                + expected.value(i));
  }
}
