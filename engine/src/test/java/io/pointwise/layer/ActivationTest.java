// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationTest {
  private static final List<Shape> INPUT = List.of(Shape.of(2, 3, 5, 7));

  private static String kind(ActivationFunction function) {
    return new Activation(function).kind();
  }

  @Test
  void keepsTheShapeAndMovesItTwice() {
    Activation relu = new Activation(new ActivationFunction.Relu());
    assertEquals(INPUT.getFirst(), relu.outputShape(INPUT));
    assertEquals(new Cost(0, 0, 2 * 4 * 210), relu.cost(INPUT));
    assertEquals(Shape.of(), relu.outputShape(List.of(Shape.of())));
    assertEquals(Shape.of(0, 3), relu.outputShape(List.of(Shape.of(0, 3))));
  }

  @Test
  void isNamedAfterItsFunction() {
    assertEquals("relu", kind(new ActivationFunction.Relu()));
    assertEquals("relu6", kind(new ActivationFunction.Clip(0, 6)));
    assertEquals("clip", kind(new ActivationFunction.Clip(-1, 1)));
    assertEquals("leaky-relu", kind(new ActivationFunction.LeakyRelu(0.1f)));
    assertEquals("sigmoid", kind(new ActivationFunction.Sigmoid()));
    assertEquals("tanh", kind(new ActivationFunction.Tanh()));
    assertEquals("hard-sigmoid", kind(new ActivationFunction.HardSigmoid(0.2f, 0.5f)));
    assertEquals("hard-swish", kind(new ActivationFunction.HardSwish()));
    assertEquals("elu", kind(new ActivationFunction.Elu(1)));
    assertEquals("selu", kind(new ActivationFunction.Selu(1.67f, 1.05f)));
    assertEquals("celu", kind(new ActivationFunction.Celu(1)));
    assertEquals("thresholded-relu", kind(new ActivationFunction.ThresholdedRelu(1)));
    assertEquals("softplus", kind(new ActivationFunction.Softplus()));
    assertEquals("softsign", kind(new ActivationFunction.Softsign()));
    assertEquals("mish", kind(new ActivationFunction.Mish()));
    assertEquals("swish", kind(new ActivationFunction.Swish(1)));
    assertEquals("gelu", kind(new ActivationFunction.Gelu(true)));
    assertEquals("erf", kind(new ActivationFunction.Erf()));
    assertEquals("exp", kind(new ActivationFunction.Exp()));
    assertEquals("log", kind(new ActivationFunction.Log()));
    assertEquals("sqrt", kind(new ActivationFunction.Sqrt()));
    assertEquals("abs", kind(new ActivationFunction.Abs()));
    assertEquals("reciprocal", kind(new ActivationFunction.Reciprocal()));
    assertEquals("affine", kind(new ActivationFunction.Affine(2, 1)));
    assertEquals("negate", kind(new ActivationFunction.Affine(-1, 0)));
    assertEquals("floor", kind(new ActivationFunction.Floor()));
    assertEquals("ceil", kind(new ActivationFunction.Ceil()));
    assertEquals("truncate", kind(new ActivationFunction.Truncate()));
    assertEquals("not-zero", kind(new ActivationFunction.NotZero()));
    assertEquals("int8", kind(new ActivationFunction.WrapInteger(8, true)));
    assertEquals("uint64", kind(new ActivationFunction.WrapInteger(64, false)));
  }

  @Test
  void refusesParametersThatAreNoNumbers() {
    float infinity = Float.POSITIVE_INFINITY;
    assertRefused(() -> new ActivationFunction.Clip(Float.NaN, 1), "clip", "NaN");
    assertRefused(() -> new ActivationFunction.Clip(0, Float.NaN), "clip", "NaN");
    assertRefused(() -> new ActivationFunction.LeakyRelu(infinity), "slope=Infinity", "finite");
    assertRefused(() -> new ActivationFunction.HardSigmoid(Float.NaN, 0), "alpha=NaN", "finite");
    assertRefused(() -> new ActivationFunction.HardSigmoid(0, infinity), "beta=Inf", "finite");
    assertRefused(() -> new ActivationFunction.Elu(Float.NaN), "alpha=NaN", "finite");
    assertRefused(() -> new ActivationFunction.Selu(Float.NaN, 1), "alpha=NaN", "finite");
    assertRefused(() -> new ActivationFunction.Selu(1, infinity), "gamma=Inf", "finite");
    assertRefused(() -> new ActivationFunction.Celu(infinity), "alpha=Inf", "finite");
    assertRefused(() -> new ActivationFunction.ThresholdedRelu(infinity), "alpha=Inf", "finite");
    assertRefused(() -> new ActivationFunction.Swish(Float.NaN), "alpha=NaN", "finite");
    assertRefused(() -> new ActivationFunction.Affine(infinity, 0), "scale=Inf", "finite");
    assertRefused(() -> new ActivationFunction.Affine(0, Float.NaN), "offset=NaN", "finite");
  }

  @Test
  void refusesParametersThatMakeNoFunction() {
    assertRefused(() -> new ActivationFunction.Celu(0), "celu alpha=0", "must not be 0");
    assertRefused(() -> new ActivationFunction.WrapInteger(4, true), "bits=4", "8, 16, 32 or 64");
  }

  @Test
  void clipMayBeOpenOnEitherSide() {
    assertEquals("clip", kind(new ActivationFunction.Clip(0, Float.POSITIVE_INFINITY)));
    assertEquals("clip", kind(new ActivationFunction.Clip(Float.NEGATIVE_INFINITY, 0)));
  }

  @Test
  void preluLearnsOneSlopeAChannelOrASingleOne() {
    assertEquals(INPUT.getFirst(), new PRelu(true).outputShape(INPUT));
    assertEquals(Map.of(Role.SLOPE, Shape.of(3)), new PRelu(true).weights(INPUT));
    assertEquals(Map.of(Role.SLOPE, Shape.of(1)), new PRelu(false).weights(INPUT));
    assertEquals(new Cost(3, 0, 4 * (2 * 210 + 3)), new PRelu(true).cost(INPUT));
    assertRefused(() -> new PRelu(true).weights(List.of(Shape.of(5))), "prelu", "rank 2", "5");
    assertRefused(() -> new PRelu(false).outputShape(List.of(Shape.of())), "prelu", "scalar");
  }
}
