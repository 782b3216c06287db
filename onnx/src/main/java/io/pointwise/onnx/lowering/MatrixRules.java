// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.Transpose;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Gemm} and {@code MatMul}. With known weights on the right they are 1×1 convolutions: each
 * row is an image of one pixel, whose channels are mixed. Known weights on the left mix the rows of
 * the other matrix: a 1×1 convolution over its columns as pixels.
 */
final class MatrixRules {
  private MatrixRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of(
                "Gemm",
                Types.FLOATS,
                MatrixRules::gemm,
                "alpha",
                "beta",
                "transA",
                "transB",
                "broadcast")
            .alike(3),
        Operator.of("MatMul", Types.FLOATS, MatrixRules::matMul).alike(2));
  }

  // --- Gemm: alpha·A·B + beta·C.

  private static Value gemm(Call call) {
    Value a = transposed(call, call.input(), call.attributes().flag("transA", false));
    Value b = call.input(1);
    boolean transB = call.attributes().flag("transB", false);
    float alpha = call.attributes().number("alpha", 1);
    float beta = call.attributes().number("beta", 1);
    requireMatrix(call, a);
    requireMatrix(call, b);
    int features = b.shape().dim(transB ? 0 : 1);
    int depth = b.shape().dim(transB ? 1 : 0);
    if (a.shape().dim(1) != depth) {
      throw call.invalid(
          "matrices of shapes " + a.shape() + " and " + b.shape() + " cannot be multiplied");
    }
    Shape out = Shape.of(a.shape().dim(0), features);
    if (b instanceof Known known && out.elements() > 0 && depth > 0) {
      Tensor bias = call.has(2) ? columnBias(call, features, beta) : null;
      Value y =
          rows(
              call,
              a,
              filters(call, known.tensor().toTensor(), !transB, alpha),
              features,
              bias,
              out);
      return bias != null || !call.has(2) || beta == 0 ? y : addScaled(call, y, beta);
    }
    Value product = call.apply(new MatMul(), a, transposed(call, b, transB));
    Value scaled =
        alpha == 1 ? product : call.map(new ActivationFunction.Affine(alpha, 0), product);
    return call.has(2) && beta != 0 ? addScaled(call, scaled, beta) : scaled;
  }

  private static Value addScaled(Call call, Value y, float beta) {
    Value c = call.input(2);
    Value scaled = beta == 1 ? c : call.map(new ActivationFunction.Affine(beta, 0), c);
    return call.apply(new Add(), y, scaled);
  }

  /** C as one number a column, times beta; null where it is not that. */
  private static @Nullable Tensor columnBias(Call call, int features, float beta) {
    Value c = call.input(2);
    long elements = c.shape().elements();
    boolean aColumn = c.shape().rank() == 0 || c.shape().dim(-1) == elements;
    if (!(c instanceof Known known) || !aColumn || (elements != features && elements != 1)) {
      return null;
    }
    Tensor given = known.tensor().toTensor();
    Tensor bias = call.zeros(features);
    for (int i = 0; i < features; i++) {
      bias.set(i, beta * given.get(elements == 1 ? 0 : i));
    }
    return bias;
  }

  private static void requireMatrix(Call call, Value value) {
    if (value.shape().rank() != 2) {
      throw call.invalid("an operand has shape " + value.shape() + ", must be a matrix");
    }
  }

  private static Value transposed(Call call, Value matrix, boolean transpose) {
    if (!transpose) {
      return matrix;
    }
    requireMatrix(call, matrix);
    return call.apply(new Transpose(List.of(1, 0)), matrix);
  }

  // --- MatMul, as NumPy's.

  private static Value matMul(Call call) {
    Value a = call.input();
    Value b = call.input(1);
    if (a.shape().rank() == 0 || b.shape().rank() == 0) {
      throw call.invalid("shapes " + a.shape() + " and " + b.shape() + " cannot be multiplied");
    }
    boolean rowVector = a.shape().rank() == 1;
    boolean columnVector = b.shape().rank() == 1;
    Value left = rowVector ? call.reshape(a, 1, a.shape().dim(0)) : a;
    Value right = columnVector ? call.reshape(b, b.shape().dim(0), 1) : b;
    Shape out = new MatMul().outputShape(List.of(left.shape(), right.shape()));
    Value product = product(call, left, right, out);
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < out.rank(); axis++) {
      boolean added =
          (columnVector && axis == out.rank() - 1) || (rowVector && axis == out.rank() - 2);
      if (!added) {
        dims.add(out.dim(axis));
      }
    }
    return call.reshape(product, Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static Value product(Call call, Value a, Value b, Shape out) {
    boolean someWork = out.elements() > 0 && a.shape().dim(-1) > 0;
    if (someWork && b instanceof Known known && b.shape().rank() == 2) {
      Tensor filters = filters(call, known.tensor().toTensor(), true, 1);
      return rows(call, a, filters, b.shape().dim(1), null, out);
    }
    if (someWork && a instanceof Known known && a.shape().rank() == 2) {
      return columns(call, known.tensor().toTensor(), b, out);
    }
    return call.apply(new MatMul(), a, b);
  }

  // --- Matrix products as 1×1 convolutions.

  /** {@code [rows, depth]} times filters {@code [features, depth]}: a pixel a row. */
  private static Value rows(
      Call call, Value a, Tensor filters, int features, @Nullable Tensor bias, Shape out) {
    int depth = a.shape().dim(-1);
    int rows = Math.toIntExact(a.shape().elements() / depth);
    Value pixels = call.reshape(a, rows, depth, 1, 1);
    Value y =
        call.apply(
            new Conv2d(features, Window.square(1), 1, bias != null),
            bias == null ? Weights.of(filters) : Weights.of(filters, bias),
            a.type(),
            pixels);
    return call.reshape(y, out);
  }

  /** Filters {@code [rows, depth]} times {@code [depth, columns]}: a pixel a column. */
  private static Value columns(Call call, Tensor filters, Value b, Shape out) {
    int depth = b.shape().dim(-2);
    int columns = b.shape().dim(-1);
    int images = Math.toIntExact(b.shape().elements() / depth / columns);
    int features = filters.shape().dim(0);
    Value y =
        call.apply(
            new Conv2d(features, Window.square(1), 1, false),
            Weights.of(filters.reshape(Shape.of(features, depth, 1, 1))),
            b.type(),
            call.reshape(b, images, depth, columns, 1));
    return call.reshape(y, out);
  }

  /** A matrix as the filters of a 1×1 convolution, times alpha. */
  private static Tensor filters(Call call, Tensor matrix, boolean transpose, float alpha) {
    int rows = matrix.shape().dim(0);
    int columns = matrix.shape().dim(1);
    int features = transpose ? columns : rows;
    int depth = transpose ? rows : columns;
    Shape shape = Shape.of(features, depth, 1, 1);
    if (!transpose && alpha == 1) {
      return matrix.reshape(shape);
    }
    Tensor filters = call.zeros(features, depth, 1, 1);
    for (int f = 0; f < features; f++) {
      for (int k = 0; k < depth; k++) {
        long from = transpose ? (long) k * columns + f : (long) f * columns + k;
        filters.set((long) f * depth + k, alpha * matrix.get(from));
      }
    }
    return filters;
  }
}
