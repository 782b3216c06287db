// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Softmax;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that make one number of many, and softmax. */
final class ReductionRules {
  private ReductionRules() {}

  static List<Operator> all() {
    return List.of(
        reduction("ReduceSum", Types.NUMBERS, Reduce.Function.SUM),
        reduction("ReduceMean", Types.NUMBERS, Reduce.Function.MEAN),
        reduction("ReduceMax", Types.ANY, Reduce.Function.MAX),
        reduction("ReduceMin", Types.ANY, Reduce.Function.MIN),
        reduction("ReduceL2", Types.FLOATS, Reduce.Function.L2),
        reduction("ReduceSumSquare", Types.NUMBERS, Reduce.Function.SUM_SQUARE),
        argument("ArgMax", ArgReduce.Mode.MAX),
        argument("ArgMin", ArgReduce.Mode.MIN),
        Operator.of("Softmax", Types.FLOATS, call -> softmax(call, false), "axis"),
        Operator.of("LogSoftmax", Types.FLOATS, call -> softmax(call, true), "axis"));
  }

  private static Operator reduction(String name, Types types, Reduce.Function function) {
    return Operator.of(
            name, types, call -> reduce(call, function), "axes", "keepdims", "noop_with_empty_axes")
        .inputs(2)
        .fixed(1);
  }

  /** Axes are an attribute at first, an input since opset 13 or 18; none means all. */
  private static Value reduce(Call call, Reduce.Function function) {
    Value x = call.input();
    int rank = x.shape().rank();
    List<Long> given = call.has(1) ? call.integers(1, "axes") : call.attributes().integers("axes");
    List<Long> named = given == null ? List.of() : given;
    boolean none = named.isEmpty();
    boolean keepDims = call.attributes().flag("keepdims", true);
    if (none && call.attributes().flag("noop_with_empty_axes", false)) {
      // Nothing is reduced, but the function is applied to each element.
      return switch (function) {
        case SUM_SQUARE -> call.wrapped(call.apply(new Mul(), x, x));
        case L2 -> call.map(new ActivationFunction.Abs(), x);
        default -> x;
      };
    }
    List<Integer> axes =
        none
            ? IntStream.range(0, rank).boxed().toList()
            : named.stream().map(axis -> call.axis(axis, rank)).distinct().sorted().toList();
    if (function == Reduce.Function.MEAN && isImageMean(x, axes)) {
      Value mean = call.apply(new GlobalPool2d(GlobalPool2d.Mode.AVERAGE), x);
      return keepDims ? mean : call.reshape(mean, x.shape().dim(0), x.shape().dim(1));
    }
    Value result = call.apply(new Reduce(function, axes, keepDims), x);
    if (!x.type().isInteger()) {
      return result;
    }
    return call.wrapped(
        function == Reduce.Function.MEAN
            ? call.map(new ActivationFunction.Truncate(), result)
            : result);
  }

  /** Global average pooling by its other name. */
  private static boolean isImageMean(Value x, List<Integer> axes) {
    return x.type().isFloat()
        && x.shape().rank() == 4
        && axes.equals(List.of(2, 3))
        && x.shape().elements() > 0;
  }

  private static Operator argument(String name, ArgReduce.Mode mode) {
    return Operator.of(
        name,
        Types.NUMBERS,
        call -> {
          Value x = call.input();
          int axis = call.axis(call.attributes().integer("axis", 0), x.shape().rank());
          boolean keepDims = call.attributes().flag("keepdims", true);
          boolean last = call.attributes().flag("select_last_index", false);
          return call.apply(new ArgReduce(mode, axis, keepDims, last), ElementType.INT64, x);
        },
        "axis",
        "keepdims",
        "select_last_index");
  }

  /** Before opset 13 over all axes from the given one on, as one; since then along that one. */
  private static Value softmax(Call call, boolean log) {
    Value x = call.input();
    Shape in = x.shape();
    if (call.opset() >= 13) {
      int axis = call.axis(call.attributes().integer("axis", -1), in.rank());
      return call.apply(new Softmax(axis, log), x);
    }
    int axis = call.axis(call.attributes().integer("axis", 1), in.rank());
    if (in.elements(axis + 1, in.rank()) == 1) {
      return call.apply(new Softmax(axis, log), x);
    }
    Value matrix =
        call.reshape(
            x,
            Math.toIntExact(in.elements(0, axis)),
            Math.toIntExact(in.elements(axis, in.rank())));
    return call.reshape(call.apply(new Softmax(1, log), matrix), in);
  }
}
