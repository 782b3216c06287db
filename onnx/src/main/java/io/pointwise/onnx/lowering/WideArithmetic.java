// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Broadcast;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Reduce;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Arithmetic on known tensors of integers, booleans or float64, in 64 bits: what shapes are
 * computed with. Integers overflow as two's complement does.
 */
final class WideArithmetic {
  private WideArithmetic() {}

  static TypedTensor compute(
      Layer layer, ElementType type, List<TypedTensor> operands, Shape output) {
    boolean doubles = operands.stream().anyMatch(each -> each.type() == ElementType.DOUBLE);
    return switch (layer) {
      case Activation activation when !doubles ->
          integers(type, output, i -> apply(activation.function(), operands.getFirst().integer(i)));
      case Activation activation ->
          doubles(type, output, i -> apply(activation.function(), operands.getFirst().value(i)));
      case Reduce reduce -> reduce(reduce, type, operands.getFirst(), output, doubles);
      default -> pairwise(layer, type, operands, output, doubles);
    };
  }

  private interface LongElement {
    long at(long i);
  }

  private interface DoubleElement {
    double at(long i);
  }

  private static TypedTensor integers(ElementType type, Shape shape, LongElement element) {
    long[] values = new long[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.at(i);
    }
    return type == ElementType.DOUBLE || type.isFloat()
        ? TypedTensor.of(type, shape, Arrays.stream(values).asDoubleStream().toArray())
        : TypedTensor.of(type, shape, values);
  }

  private static TypedTensor doubles(ElementType type, Shape shape, DoubleElement element) {
    double[] values = new double[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.at(i);
    }
    return type == ElementType.DOUBLE || type.isFloat()
        ? TypedTensor.of(type, shape, values)
        : TypedTensor.of(type, shape, Arrays.stream(values).mapToLong(v -> (long) v).toArray());
  }

  private static TypedTensor pairwise(
      Layer layer, ElementType type, List<TypedTensor> operands, Shape output, boolean doubles) {
    TypedTensor a = operands.getFirst();
    TypedTensor b = operands.getLast();
    long[] stepsA = Broadcast.strides(a.shape(), output);
    long[] stepsB = Broadcast.strides(b.shape(), output);
    if (doubles) {
      return doubles(
          type,
          output,
          i ->
              combine(
                  layer,
                  a.value(Movement.position(i, output, stepsA)),
                  b.value(Movement.position(i, output, stepsB))));
    }
    boolean unsigned = a.type() == ElementType.UINT64;
    return integers(
        type,
        output,
        i ->
            combine(
                layer,
                unsigned,
                a.integer(Movement.position(i, output, stepsA)),
                b.integer(Movement.position(i, output, stepsB))));
  }

  private static long combine(Layer layer, boolean unsigned, long a, long b) {
    return switch (layer) {
      case Add _ -> a + b;
      case Mul _ -> a * b;
      case Elementwise(Elementwise.Function function) ->
          switch (function) {
            case SUBTRACT -> a - b;
            case DIVIDE -> {
              if (b == 0) {
                throw new OnnxException("division of the integer " + a + " by 0");
              }
              yield unsigned ? Long.divideUnsigned(a, b) : a / b;
            }
            case POWER -> power(a, b);
            case MINIMUM -> compare(unsigned, a, b) < 0 ? a : b;
            case MAXIMUM -> compare(unsigned, a, b) > 0 ? a : b;
            case EQUAL -> truth(a == b);
            case LESS -> truth(compare(unsigned, a, b) < 0);
            case LESS_OR_EQUAL -> truth(compare(unsigned, a, b) <= 0);
            case AND -> truth(a != 0 && b != 0);
            case OR -> truth(a != 0 || b != 0);
          };
      default -> throw unexpected(layer);
    };
  }

  private static int compare(boolean unsigned, long a, long b) {
    return unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b);
  }

  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    long square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      result *= (rest & 1) == 1 ? square : 1;
      square *= square;
    }
    return result;
  }

  private static double combine(Layer layer, double a, double b) {
    return switch (layer) {
      case Add _ -> a + b;
      case Mul _ -> a * b;
      case Elementwise(Elementwise.Function function) ->
          switch (function) {
            case SUBTRACT -> a - b;
            case DIVIDE -> a / b;
            case POWER -> Math.pow(a, b);
            case MINIMUM -> Math.min(a, b);
            case MAXIMUM -> Math.max(a, b);
            case EQUAL -> truth(a == b);
            case LESS -> truth(a < b);
            case LESS_OR_EQUAL -> truth(a <= b);
            case AND -> truth(a != 0 && b != 0);
            case OR -> truth(a != 0 || b != 0);
          };
      default -> throw unexpected(layer);
    };
  }

  private static long truth(boolean holds) {
    return holds ? 1 : 0;
  }

  private static long apply(ActivationFunction function, long x) {
    return switch (function) {
      case ActivationFunction.WrapInteger wrap -> wrap(wrap, x);
      case ActivationFunction.NotZero() -> truth(x != 0);
      case ActivationFunction.Abs() -> Math.abs(x);
      case ActivationFunction.Truncate() -> x;
      case ActivationFunction.Relu() -> Math.max(x, 0);
      case ActivationFunction.Affine(float scale, float offset)
          when scale == (long) scale && offset == (long) offset ->
          ((long) scale) * x + ((long) offset);
      case ActivationFunction.Clip(float low, float high) ->
          // Whole numbers beyond 2⁵³ and infinite limits: the comparison with the limit decides.
          x > high ? (long) high : x < low ? Math.min((long) low, (long) high) : x;
      default -> throw new OnnxException(function.label() + " of integers is not supported");
    };
  }

  private static long wrap(ActivationFunction.WrapInteger type, long x) {
    int unused = Long.SIZE - type.bits();
    return type.signed() ? x << unused >> unused : x << unused >>> unused;
  }

  private static double apply(ActivationFunction function, double x) {
    return switch (function) {
      case ActivationFunction.Abs() -> Math.abs(x);
      case ActivationFunction.Sqrt() -> Math.sqrt(x);
      case ActivationFunction.Exp() -> Math.exp(x);
      case ActivationFunction.Log() -> Math.log(x);
      case ActivationFunction.Floor() -> Math.floor(x);
      case ActivationFunction.Ceil() -> Math.ceil(x);
      case ActivationFunction.Reciprocal() -> 1 / x;
      case ActivationFunction.Affine(float scale, float offset) -> scale * x + offset;
      default -> throw new OnnxException(function.label() + " of float64 is not supported");
    };
  }

  private static TypedTensor reduce(
      Reduce reduce, ElementType type, TypedTensor input, Shape output, boolean doubles) {
    int count = (int) output.elements();
    long elements = input.shape().elements();
    boolean[] reduced = reduce.reduced(input.shape());
    if (doubles) {
      DoubleReduction all = new DoubleReduction(reduce.function(), count);
      for (long i = 0; i < elements; i++) {
        all.add((int) target(i, input.shape(), reduced), input.value(i));
      }
      return doubles(type, output, i -> all.result((int) i));
    }
    if (elements == 0 && count > 0 && reduce.function() != Reduce.Function.SUM) {
      throw new OnnxException(reduce.kind() + " over no integers at all");
    }
    LongReduction all = new LongReduction(reduce.function(), count);
    for (long i = 0; i < elements; i++) {
      all.add((int) target(i, input.shape(), reduced), input.integer(i));
    }
    return integers(type, output, i -> all.result((int) i));
  }

  /** Position in the output of the element that input element {@code i} goes into. */
  private static long target(long i, Shape input, boolean[] reduced) {
    long position = 0;
    long step = 1;
    long rest = i;
    for (int axis = input.rank() - 1; axis >= 0; axis--) {
      if (!reduced[axis]) {
        position += rest % input.dim(axis) * step;
        step *= input.dim(axis);
      }
      rest /= input.dim(axis);
    }
    return position;
  }

  /** Reduces whole numbers, each into its place. */
  private static final class LongReduction {
    private final Reduce.Function function;
    private final long[] results;
    private final long[] counts;

    LongReduction(Reduce.Function function, int count) {
      this.function = function;
      this.results = new long[count];
      this.counts = new long[count];
    }

    void add(int place, long x) {
      long before = results[place];
      boolean first = counts[place]++ == 0;
      results[place] =
          switch (function) {
            case SUM, MEAN -> before + x;
            case MAX -> first ? x : Math.max(before, x);
            case MIN -> first ? x : Math.min(before, x);
            case SUM_SQUARE, L2 -> before + x * x;
          };
    }

    long result(int place) {
      return switch (function) {
        case SUM, MAX, MIN, SUM_SQUARE -> results[place];
        case MEAN -> results[place] / counts[place];
        case L2 -> (long) Math.sqrt((double) results[place]);
      };
    }
  }

  /** Reduces float64 numbers, each into its place. */
  private static final class DoubleReduction {
    private final Reduce.Function function;
    private final double[] results;
    private final long[] counts;

    DoubleReduction(Reduce.Function function, int count) {
      this.function = function;
      this.results = new double[count];
      this.counts = new long[count];
      Arrays.fill(
          results,
          switch (function) {
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
            case SUM, MEAN, SUM_SQUARE, L2 -> 0;
          });
    }

    void add(int place, double x) {
      double before = results[place];
      counts[place]++;
      results[place] =
          switch (function) {
            case SUM, MEAN -> before + x;
            case MAX -> Math.max(before, x);
            case MIN -> Math.min(before, x);
            case SUM_SQUARE, L2 -> before + x * x;
          };
    }

    double result(int place) {
      return switch (function) {
        case SUM, MAX, MIN, SUM_SQUARE -> results[place];
        case MEAN -> results[place] / counts[place];
        case L2 -> Math.sqrt(results[place]);
      };
    }
  }

  private static OnnxException unexpected(Layer layer) {
    return new OnnxException(layer.kind() + " of integers or float64 is not supported");
  }
}
