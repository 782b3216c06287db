// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.onnx.file.NarrowFloat;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tensor in host memory with its element type. Immutable as long as nobody writes into {@link
 * #toTensor} of one that was made {@linkplain #of(Tensor) over} a float32 tensor.
 */
public final class TypedTensor {
  /** Whole numbers below this are exact in float32. */
  private static final long EXACT = 1L << 24;

  private final ElementType type;
  private final Shape shape;
  // Just one of the three: floats, whole numbers, doubles.
  private final @Nullable Tensor floats;
  private final long @Nullable [] longs;
  private final double @Nullable [] doubles;

  private TypedTensor(
      ElementType type,
      Shape shape,
      @Nullable Tensor floats,
      long @Nullable [] longs,
      double @Nullable [] doubles) {
    this.type = type;
    this.shape = shape;
    this.floats = floats;
    this.longs = longs;
    this.doubles = doubles;
  }

  /** A float32 tensor, without a copy. */
  public static TypedTensor of(Tensor floats) {
    return new TypedTensor(ElementType.FLOAT, floats.shape(), floats, null, null);
  }

  /**
   * Integers, or booleans as 0 and 1. Unsigned 64-bit numbers are given by their bits.
   *
   * @throws IllegalArgumentException if the type is neither, or the number of values is wrong
   */
  public static TypedTensor of(ElementType type, Shape shape, long... values) {
    if (!type.isInteger() && type != ElementType.BOOL) {
      throw new IllegalArgumentException(type + " is no type of whole numbers");
    }
    requireCount(shape, values.length);
    return new TypedTensor(type, shape, null, values.clone(), null);
  }

  /**
   * Float64 numbers, or such that are rounded to a narrower floating-point type.
   *
   * @throws IllegalArgumentException if the type is another one, or the number of values is wrong
   */
  public static TypedTensor of(ElementType type, Shape shape, double... values) {
    requireCount(shape, values.length);
    if (type == ElementType.DOUBLE) {
      return new TypedTensor(type, shape, null, null, values.clone());
    }
    if (!type.isFloat()) {
      throw new IllegalArgumentException(type + " is no floating-point type");
    }
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, (float) values[i]);
    }
    return new TypedTensor(type, shape, tensor, null, null);
  }

  private static void requireCount(Shape shape, int values) {
    if (values != shape.elements()) {
      throw new IllegalArgumentException(
          "tensor of shape " + shape + " needs " + shape.elements() + " values, got " + values);
    }
  }

  /** A floating-point tensor of this type over float32 memory, without a copy. */
  public static TypedTensor ofFloats(ElementType type, Tensor floats) {
    if (!type.isFloat()) {
      throw new IllegalArgumentException(type + " is no type that float32 carries with fractions");
    }
    return new TypedTensor(type, floats.shape(), floats, null, null);
  }

  /**
   * What a plan computed, as the type that it stands for; rounded to float16 or bfloat16 where that
   * is the type.
   *
   * @param name of the value, for the message
   * @throws OnnxException if an integer came out as something that is none: an index outside, or an
   *     intermediate result of 2²⁴ or more
   */
  public static TypedTensor ofComputed(String name, ElementType type, Tensor computed) {
    if (type == ElementType.FLOAT) {
      return of(computed);
    }
    if (type.isFloat()) {
      Tensor rounded = Tensor.zeros(computed.shape());
      for (long i = 0; i < computed.shape().elements(); i++) {
        rounded.set(i, NarrowFloat.round(type, computed.get(i)));
      }
      return ofFloats(type, rounded);
    }
    int count = Math.toIntExact(computed.shape().elements());
    if (type == ElementType.DOUBLE) {
      double[] values = new double[count];
      Arrays.setAll(values, computed::get);
      return new TypedTensor(type, computed.shape(), null, null, values);
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      float value = computed.get(i);
      if (value != Math.rint(value) || Math.abs(value) >= EXACT) {
        throw new OnnxException(
            name
                + ": element "
                + i
                + " of type "
                + type
                + " was computed as "
                + value
                + "; integers are computed in float32, which is exact below "
                + EXACT);
      }
      values[i] = (long) value;
    }
    return new TypedTensor(type, computed.shape(), null, values, null);
  }

  public ElementType type() {
    return type;
  }

  public Shape shape() {
    return shape;
  }

  /** The element at row-major position {@code i}, as float64. */
  public double value(long i) {
    if (floats != null) {
      return floats.get(i);
    }
    if (doubles != null) {
      return doubles[Math.toIntExact(i)];
    }
    long value = integer(i);
    return type == ElementType.UINT64 && value < 0
        ? (value >>> 1) * 2.0 + (value & 1)
        : (double) value;
  }

  /** The whole number at row-major position {@code i}; of unsigned 64-bit ones, the bits. */
  public long integer(long i) {
    if (longs == null) {
      throw new IllegalStateException(type + " tensors have no whole numbers");
    }
    return longs[Math.toIntExact(i)];
  }

  /** All whole numbers, in row-major order. */
  public long[] integers() {
    if (longs == null) {
      throw new IllegalStateException(type + " tensors have no whole numbers");
    }
    return longs.clone();
  }

  /**
   * As float32. No copy for floating-point types of up to 32 bits; float64 is rounded.
   *
   * @throws OnnxException if it holds an integer of 2²⁴ or more, which float32 may not hold
   */
  public Tensor toTensor() {
    if (floats != null) {
      return floats;
    }
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      if (longs != null && (longs[(int) i] >= EXACT || longs[(int) i] <= -EXACT)) {
        throw new OnnxException(
            "element "
                + i
                + " of a tensor of type "
                + type
                + " and shape "
                + shape
                + " is "
                + longs[(int) i]
                + "; integers are computed in float32, which is exact below "
                + EXACT);
      }
      tensor.set(i, (float) value(i));
    }
    return tensor;
  }

  /** The same elements under another shape with as many. */
  public TypedTensor reshape(Shape other) {
    if (other.elements() != shape.elements()) {
      throw new IllegalArgumentException("cannot see shape " + shape + " as " + other);
    }
    Tensor seen = floats == null ? null : floats.reshape(other);
    return new TypedTensor(type, other, seen, longs, doubles);
  }

  /** Whether both have the same type, shape and elements, bit for bit. */
  public boolean sameAs(TypedTensor other) {
    if (type != other.type || !shape.equals(other.shape)) {
      return false;
    }
    if (floats != null && other.floats != null) {
      return floats.memory().mismatch(other.floats.memory()) < 0;
    }
    return Arrays.equals(longs, other.longs) && Arrays.equals(doubles, other.doubles);
  }

  @Override
  public String toString() {
    return "TypedTensor[" + type + " " + shape + "]";
  }
}
