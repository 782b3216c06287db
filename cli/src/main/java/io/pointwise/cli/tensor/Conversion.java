// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Tensor;

/**
 * Gives values the element type that an input has. Floating-point numbers are rounded to narrower
 * ones; everything else must be exact.
 */
public final class Conversion {
  private Conversion() {}

  /**
   * The same values as elements of another type.
   *
   * @param source where they come from, for people
   * @param input where they go, for people
   * @throws CommandFailure if a value has no equal in that type
   */
  public static TypedTensor to(ElementType wanted, TypedTensor given, String source, String input) {
    if (given.type() == wanted) {
      return given;
    }
    return isWhole(wanted)
        ? toInteger(wanted, given, source, input)
        : toFloat(wanted, given, source, input);
  }

  /** Whether elements are integers or booleans; else they are floating-point numbers. */
  static boolean isWhole(ElementType type) {
    return type.isInteger() || type == ElementType.BOOL;
  }

  private static TypedTensor toFloat(
      ElementType wanted, TypedTensor given, String source, String input) {
    if (isWhole(given.type())) {
      long limit = 1L << significandBits(wanted);
      // Unsigned 64-bit numbers come as bits: a negative one is beyond all limits.
      long least = given.type().isSigned() ? -limit : 0;
      for (long i = 0; i < given.shape().elements(); i++) {
        if (given.integer(i) > limit || given.integer(i) < least) {
          throw refuse(wanted, given, source, input, ": " + given.integer(i) + " is not one");
        }
      }
    }
    if (wanted == ElementType.FLOAT) {
      Tensor tensor = Tensor.zeros(given.shape());
      for (long i = 0; i < given.shape().elements(); i++) {
        tensor.set(i, (float) given.value(i));
      }
      return TypedTensor.of(tensor);
    }
    double[] values = new double[Math.toIntExact(given.shape().elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = given.value(i);
    }
    return TypedTensor.of(wanted, given.shape(), values);
  }

  /** All integers of so many bits are numbers of the type. */
  private static int significandBits(ElementType type) {
    return switch (type) {
      case DOUBLE -> 53;
      case FLOAT -> 24;
      case FLOAT16 -> 11;
      default -> 8;
    };
  }

  private static TypedTensor toInteger(
      ElementType wanted, TypedTensor given, String source, String input) {
    long[] values = new long[Math.toIntExact(given.shape().elements())];
    for (int i = 0; i < values.length; i++) {
      double value = given.value(i);
      boolean whole = isWhole(given.type());
      values[i] = whole ? given.integer(i) : (long) value;
      // Unsigned 64-bit numbers come as bits: a negative one is beyond every other type.
      boolean exact = whole ? given.type().isSigned() || values[i] >= 0 : values[i] == value;
      if (!exact || values[i] < least(wanted) || values[i] > most(wanted)) {
        throw refuse(wanted, given, source, input, ": " + value + " is not one");
      }
    }
    return TypedTensor.of(wanted, given.shape(), values);
  }

  private static long least(ElementType type) {
    return switch (type) {
      case INT8 -> Byte.MIN_VALUE;
      case INT16 -> Short.MIN_VALUE;
      case INT32 -> Integer.MIN_VALUE;
      case INT64 -> Long.MIN_VALUE;
      default -> 0;
    };
  }

  private static long most(ElementType type) {
    return switch (type) {
      case BOOL -> 1;
      case INT8 -> Byte.MAX_VALUE;
      case UINT8 -> 2 * Byte.MAX_VALUE + 1;
      case INT16 -> Short.MAX_VALUE;
      case UINT16 -> 2 * Short.MAX_VALUE + 1;
      case INT32 -> Integer.MAX_VALUE;
      case UINT32 -> 2L * Integer.MAX_VALUE + 1;
      default -> Long.MAX_VALUE;
    };
  }

  private static CommandFailure refuse(
      ElementType wanted, TypedTensor given, String source, String input, String detail) {
    return CommandFailure.file(
        source
            + " holds "
            + given.type().label()
            + ", and input "
            + input
            + " of the model takes "
            + wanted.label()
            + detail);
  }
}
