// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Mul;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Elementwise functions of one input. */
final class ActivationRules {
  private ActivationRules() {}

  static List<Operator> all() {
    return List.of(
        plain("Relu", Types.NUMBERS, _ -> new ActivationFunction.Relu()),
        plain("Sigmoid", Types.FLOATS, _ -> new ActivationFunction.Sigmoid()),
        plain("Tanh", Types.FLOATS, _ -> new ActivationFunction.Tanh()),
        plain("Softplus", Types.FLOATS, _ -> new ActivationFunction.Softplus()),
        plain("Softsign", Types.FLOATS, _ -> new ActivationFunction.Softsign()),
        plain("Mish", Types.FLOATS, _ -> new ActivationFunction.Mish()),
        plain("HardSwish", Types.FLOATS, _ -> new ActivationFunction.HardSwish()),
        plain("Erf", Types.FLOATS, _ -> new ActivationFunction.Erf()),
        plain("Exp", Types.FLOATS, _ -> new ActivationFunction.Exp()),
        plain("Log", Types.FLOATS, _ -> new ActivationFunction.Log()),
        plain("Sqrt", Types.FLOATS, _ -> new ActivationFunction.Sqrt()),
        plain("Reciprocal", Types.FLOATS, _ -> new ActivationFunction.Reciprocal()),
        plain("Floor", Types.FLOATS, _ -> new ActivationFunction.Floor()),
        plain("Ceil", Types.FLOATS, _ -> new ActivationFunction.Ceil()),
        Operator.of(
            "Abs", Types.NUMBERS, c -> c.wrapped(c.map(new ActivationFunction.Abs(), c.input()))),
        Operator.of(
            "Neg",
            Types.NUMBERS,
            c -> c.wrapped(c.map(new ActivationFunction.Affine(-1, 0), c.input()))),
        Operator.of(
            "Not",
            Types.BOOLEANS,
            c -> c.map(new ActivationFunction.Affine(-1, 1), ElementType.BOOL, c.input())),
        plain(
            "LeakyRelu",
            Types.FLOATS,
            c -> new ActivationFunction.LeakyRelu(c.attributes().number("alpha", 0.01f)),
            "alpha"),
        plain(
            "Elu",
            Types.FLOATS,
            c -> new ActivationFunction.Elu(c.attributes().number("alpha", 1)),
            "alpha"),
        plain(
            "Celu",
            Types.FLOATS,
            c -> new ActivationFunction.Celu(c.attributes().number("alpha", 1)),
            "alpha"),
        plain("Selu", Types.FLOATS, ActivationRules::selu, "alpha", "gamma"),
        plain(
            "ThresholdedRelu",
            Types.FLOATS,
            c -> new ActivationFunction.ThresholdedRelu(c.attributes().number("alpha", 1)),
            "alpha"),
        plain(
            "Swish",
            Types.FLOATS,
            c -> new ActivationFunction.Swish(c.attributes().number("alpha", 1)),
            "alpha"),
        plain(
            "HardSigmoid",
            Types.FLOATS,
            c ->
                new ActivationFunction.HardSigmoid(
                    c.attributes().number("alpha", 0.2f), c.attributes().number("beta", 0.5f)),
            "alpha",
            "beta"),
        plain(
            "Gelu",
            Types.FLOATS,
            c ->
                new ActivationFunction.Gelu(
                    c.choice("approximate", "none", "none", "tanh").equals("tanh")),
            "approximate"),
        Operator.of("Clip", Types.NUMBERS, ActivationRules::clip, "min", "max")
            .alike(3)
            .fixed(1, 2),
        Operator.of("PRelu", Types.NUMBERS, ActivationRules::prelu).alike(2));
  }

  private static Operator plain(
      String name, Types types, Function<Call, ActivationFunction> function, String... attributes) {
    return Operator.of(
        name, types, call -> call.map(function.apply(call), call.input()), attributes);
  }

  private static ActivationFunction selu(Call call) {
    return new ActivationFunction.Selu(
        call.attributes().number("alpha", 1.6732632f),
        call.attributes().number("gamma", 1.050701f));
  }

  /** Limits are attributes before opset 11, inputs since. */
  private static Value clip(Call call) {
    if (call.input() instanceof Known && call.input().type().isInteger()) {
      // Exact, as float32 is not.
      return limited(
          call,
          Elementwise.Function.MINIMUM,
          2,
          limited(call, Elementwise.Function.MAXIMUM, 1, call.input()));
    }
    double low = call.attributes().number("min", Float.NEGATIVE_INFINITY);
    double high = call.attributes().number("max", Float.POSITIVE_INFINITY);
    if (call.has(1)) {
      low = call.number(1, "min");
    }
    if (call.has(2)) {
      high = call.number(2, "max");
    }
    return call.map(new ActivationFunction.Clip((float) low, (float) high), call.input());
  }

  private static Value limited(Call call, Elementwise.Function function, int place, Value x) {
    if (!call.has(place)) {
      return x;
    }
    call.number(place, place == 1 ? "min" : "max");
    return call.apply(new Elementwise(function), x, call.reshape(call.input(place)));
  }

  private static Value prelu(Call call) {
    Value x = call.input();
    Value slope = call.input(1);
    Shape in = x.shape();
    if (slope instanceof Known known && x.type().isFloat() && in.rank() >= 2) {
      Shape shape = slope.shape();
      boolean single = shape.elements() == 1;
      if (single || isOneAChannel(call, in, shape)) {
        Tensor slopes = known.tensor().toTensor();
        return call.apply(
            new PRelu(!single),
            Weights.of(Map.of(Role.SLOPE, slopes.reshape(Shape.of((int) shape.elements())))),
            x.type(),
            x);
      }
    }
    // max(x, 0) + slope·min(x, 0).
    Value zero = call.scalar(x, 0);
    Value positive = call.apply(new Elementwise(Elementwise.Function.MAXIMUM), x, zero);
    Value negative = call.apply(new Elementwise(Elementwise.Function.MINIMUM), x, zero);
    Value scaled = call.apply(new Mul(), negative, slope);
    return call.wrapped(call.apply(new Add(), positive, scaled));
  }

  /** {@code [c, 1, …]} behind the batch; just {@code [c]} before opset 7. */
  private static boolean isOneAChannel(Call call, Shape in, Shape slope) {
    int channels = in.dim(1);
    if (slope.elements() != channels) {
      return false;
    }
    int place = slope.rank() - (in.rank() - 1);
    return (call.opset() < 7 && slope.rank() == 1)
        || (place >= 0 && place < slope.rank() && slope.dim(place) == channels);
  }
}
