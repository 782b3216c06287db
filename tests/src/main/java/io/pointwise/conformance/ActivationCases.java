// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.PRelu;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Every activation function, on shapes of every rank. */
final class ActivationCases {
  /**
   * Each function, with parameters at which small integers give exact results where that is
   * possible.
   */
  static final List<ActivationFunction> FUNCTIONS =
      List.of(
          new ActivationFunction.Relu(),
          new ActivationFunction.Clip(0, 6),
          new ActivationFunction.Clip(-2, 3),
          new ActivationFunction.LeakyRelu(0.25f),
          new ActivationFunction.LeakyRelu(0.01f),
          new ActivationFunction.Sigmoid(),
          new ActivationFunction.Tanh(),
          new ActivationFunction.HardSigmoid(0.125f, 0.5f),
          new ActivationFunction.HardSigmoid(0.2f, 0.5f),
          new ActivationFunction.HardSwish(),
          new ActivationFunction.Elu(1),
          new ActivationFunction.Elu(0.5f),
          new ActivationFunction.Selu(1.6732632f, 1.050701f),
          new ActivationFunction.Celu(0.75f),
          new ActivationFunction.ThresholdedRelu(1),
          new ActivationFunction.Softplus(),
          new ActivationFunction.Softsign(),
          new ActivationFunction.Mish(),
          new ActivationFunction.Swish(1),
          new ActivationFunction.Swish(1.702f),
          new ActivationFunction.Gelu(false),
          new ActivationFunction.Gelu(true),
          new ActivationFunction.Erf(),
          new ActivationFunction.Exp(),
          new ActivationFunction.Abs(),
          new ActivationFunction.Affine(-1, 0),
          new ActivationFunction.Affine(0.5f, -2),
          new ActivationFunction.Affine(1.1f, 0.3f),
          new ActivationFunction.Floor(),
          new ActivationFunction.Ceil(),
          new ActivationFunction.Truncate(),
          new ActivationFunction.NotZero());

  /** Functions that are infinite or no numbers for some numbers. */
  static final List<ActivationFunction> PARTIAL =
      List.of(
          new ActivationFunction.Log(),
          new ActivationFunction.Sqrt(),
          new ActivationFunction.Reciprocal());

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(1, 1, 1, 1),
          Shape.of(2, 17, 5, 7),
          Shape.of(3, 33),
          Shape.of(65),
          Shape.of(2, 3, 4),
          Shape.of(2, 3, 1, 2, 3, 5));

  private ActivationCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (ActivationFunction function : FUNCTIONS) {
      cases.add(activation(function, Shape.of(2, 17, 5, 7)));
    }
    for (ActivationFunction function : PARTIAL) {
      cases.add(activation(function, Shape.of(2, 17, 5, 7)));
    }
    for (int bits : new int[] {8, 16, 32, 64}) {
      for (boolean signed : new boolean[] {true, false}) {
        // The larger ones are more than float32 has digits for.
        for (float size : new float[] {1000, 1 << 24}) {
          cases.add(integers(new ActivationFunction.WrapInteger(bits, signed), size));
        }
      }
    }
    for (Shape shape : SHAPES) {
      if (shape.rank() != 4 || shape.elements() == 1) {
        cases.add(activation(new ActivationFunction.Relu(), shape));
      }
    }
    for (boolean perChannel : new boolean[] {true, false}) {
      String slopes = perChannel ? "prelu, one slope a channel, " : "prelu, one slope, ";
      for (Shape shape : SHAPES) {
        if (shape.rank() >= 2) {
          cases.add(
              ConformanceCase.of(
                  ConformanceCase.ascii(slopes + shape), shape, new PRelu(perChannel)));
        }
      }
    }
    return cases;
  }

  /** Whole numbers up to {@code ±2·size}. */
  static ConformanceCase integers(ActivationFunction.WrapInteger function, float size) {
    String name = name(function) + " up to " + 2 * size;
    return ConformanceCase.of(
        name,
        Shape.of(3, 65),
        b ->
            b.layer(new Activation(new ActivationFunction.Affine(size, 0)))
                .layer(new Activation(new ActivationFunction.Floor()))
                .layer(new Activation(function)));
  }

  /** The function with its parameters, as one writes it. */
  static String name(ActivationFunction function) {
    String text = function.toString();
    return function.label() + text.substring(text.indexOf('['));
  }

  private static ConformanceCase activation(ActivationFunction function, Shape shape) {
    String name = ConformanceCase.ascii(name(function) + " on " + shape);
    return ConformanceCase.of(name, shape, new Activation(function));
  }
}
