// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Where;
import io.pointwise.network.Weights;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Elementwise functions of two inputs and more. */
final class ArithmeticRules {
  private static final String[] OLD_BROADCAST = {"axis", "broadcast"};

  private static final int ANY_NUMBER = Integer.MAX_VALUE;

  private ArithmeticRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of("Add", Types.NUMBERS, c -> affine(c, new Add()), OLD_BROADCAST).alike(2),
        Operator.of("Mul", Types.NUMBERS, c -> affine(c, new Mul()), OLD_BROADCAST).alike(2),
        Operator.of(
                "Sub",
                Types.NUMBERS,
                c -> affine(c, new Elementwise(Elementwise.Function.SUBTRACT)),
                OLD_BROADCAST)
            .alike(2),
        Operator.of("Div", Types.NUMBERS, ArithmeticRules::divide, OLD_BROADCAST).alike(2),
        Operator.of("Pow", Types.NUMBERS, ArithmeticRules::power, OLD_BROADCAST).inputs(2),
        comparison("Equal", Types.ANY, Elementwise.Function.EQUAL, false),
        comparison("Less", Types.NUMBERS, Elementwise.Function.LESS, false),
        comparison("LessOrEqual", Types.NUMBERS, Elementwise.Function.LESS_OR_EQUAL, false),
        comparison("Greater", Types.NUMBERS, Elementwise.Function.LESS, true),
        comparison("GreaterOrEqual", Types.NUMBERS, Elementwise.Function.LESS_OR_EQUAL, true),
        comparison("And", Types.BOOLEANS, Elementwise.Function.AND, false),
        comparison("Or", Types.BOOLEANS, Elementwise.Function.OR, false),
        Operator.of(
                "Max", Types.NUMBERS, c -> all(c, new Elementwise(Elementwise.Function.MAXIMUM)))
            .alike(ANY_NUMBER),
        Operator.of(
                "Min", Types.NUMBERS, c -> all(c, new Elementwise(Elementwise.Function.MINIMUM)))
            .alike(ANY_NUMBER),
        Operator.of("Sum", Types.FLOATS, c -> all(c, new Add())).alike(ANY_NUMBER),
        Operator.of("Mean", Types.FLOATS, ArithmeticRules::mean).alike(ANY_NUMBER),
        Operator.of("Where", Types.ANY, ArithmeticRules::where).alike(1, 3));
  }

  /** Sums and products: what is one number a channel behind a convolution is folded into it. */
  private static Value affine(Call call, Layer layer) {
    Value a = call.input();
    Value b = second(call, a);
    Value folded = ChannelAffine.fold(call, layer, a, b);
    return folded != null ? folded : call.wrapped(call.apply(layer, a, b));
  }

  private static Value divide(Call call) {
    Value a = call.input();
    Value b = second(call, a);
    Value quotient = call.apply(new Elementwise(Elementwise.Function.DIVIDE), a, b);
    return a.type().isInteger()
        ? call.wrapped(call.map(new ActivationFunction.Truncate(), quotient))
        : quotient;
  }

  private static Value power(Call call) {
    Value base = call.input();
    Value exponent = second(call, base);
    if (base.type().isFloat()
        && exponent instanceof Known known
        && exponent.shape().elements() == 1
        && exponent.shape().rank() <= base.shape().rank()) {
      double constant = known.tensor().value(0);
      if (constant == 1) {
        return base;
      }
      if (constant == 2) {
        return call.apply(new Mul(), base, base);
      }
      if (constant == 0.5) {
        return call.map(new ActivationFunction.Sqrt(), base);
      }
    }
    Layer layer = new Elementwise(Elementwise.Function.POWER);
    if (!base.type().isInteger()) {
      return call.apply(layer, base, exponent);
    }
    // With a fraction in the exponent the power may have one, until it is cut off.
    ElementType type = exponent.type().isInteger() ? base.type() : exponent.type();
    Value result = call.apply(layer, type, base, exponent);
    return call.wrapped(call.map(new ActivationFunction.Truncate(), base.type(), result));
  }

  private static Operator comparison(
      String name, Types types, Elementwise.Function function, boolean exchanged) {
    return Operator.of(
            name,
            types,
            call -> {
              Value a = call.input();
              Value b = second(call, a);
              Layer layer = new Elementwise(function);
              return exchanged
                  ? call.apply(layer, ElementType.BOOL, b, a)
                  : call.apply(layer, ElementType.BOOL, a, b);
            },
            OLD_BROADCAST)
        .alike(2);
  }

  private static Value all(Call call, Layer layer) {
    List<Value> inputs = call.allInputs();
    Value result = inputs.getFirst();
    for (Value next : inputs.subList(1, inputs.size())) {
      result = call.apply(layer, result, next);
    }
    return result;
  }

  private static Value mean(Call call) {
    Value sum = all(call, new Add());
    int count = call.inputCount();
    return count == 1
        ? sum
        : call.apply(new Elementwise(Elementwise.Function.DIVIDE), sum, call.scalar(sum, count));
  }

  private static Value where(Call call) {
    ElementType condition = call.input().type();
    if (condition != ElementType.BOOL) {
      throw call.invalid("its condition is of type " + condition + ", must be bool");
    }
    Value yes = call.input(1);
    return call.apply(new Where(), Weights.none(), yes.type(), call.input(), yes, call.input(2));
  }

  /**
   * The second operand. Before opset 7 it was broadcast only when asked to be, and could be put at
   * an axis: {@code [c]} at axis 1 of {@code [n, c, h, w]} is {@code [c, 1, 1]} of today.
   */
  private static Value second(Call call, Value a) {
    Value b = call.input(1);
    if (call.opset() >= 7 || !call.attributes().has("axis")) {
      return b;
    }
    int axis = call.axis(call.attributes().integer("axis", 0), a.shape().rank());
    int behind = a.shape().rank() - axis - b.shape().rank();
    if (behind <= 0) {
      return b;
    }
    int[] dims = Arrays.copyOf(b.shape().toArray(), b.shape().rank() + behind);
    Arrays.fill(dims, b.shape().rank(), dims.length, 1);
    return call.reshape(b, Shape.of(dims));
  }
}
