// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.scalar.Evaluation;
import io.pointwise.cpu.scalar.RandomConvolution;
import io.pointwise.device.Epilogue;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.Reduce;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Bounds of reductions and matrix products: no float32 evaluation leaves them, in any order. */
class ReductionBoundTest {
  private static final double U = 0x1p-24;

  private static Expected expect(Layer layer, Tensor... inputs) {
    List<Tensor> list = List.of(inputs);
    List<Shape> shapes = list.stream().map(Tensor::shape).toList();
    return Reference.step(Evaluation.step(layer, Epilogue.NONE, shapes), list, Weights.none());
  }

  private static void within(String what, float actual, Expected expected) {
    Comparison comparison = Comparison.of(Tensor.of(expected.shape(), actual), expected);
    assertTrue(comparison.ok(), () -> what + ": " + comparison.describe());
  }

  private static Reduce reduce(Reduce.Function function) {
    return new Reduce(function, List.of(0), false);
  }

  @Property(tries = 200)
  void holdForSumsInAnyOrder(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = random.nextInt(1, 300);
    Tensor a = RandomConvolution.reals(random, Shape.of(n));
    Tensor b = RandomConvolution.reals(random, Shape.of(n));
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    Expected sum = expect(reduce(Reduce.Function.SUM), a);
    Expected mean = expect(reduce(Reduce.Function.MEAN), a);
    Expected squares = expect(reduce(Reduce.Function.SUM_SQUARE), a);
    Expected root = expect(reduce(Reduce.Function.L2), a);
    Expected product = expect(new MatMul(), a.reshape(Shape.of(1, n)), b.reshape(Shape.of(n, 1)));
    for (NaiveFloat manner : NaiveFloat.values()) {
      float total = manner.sum(a.toArray(), ones, new float[0], random);
      float square = manner.sum(a.toArray(), a.toArray(), new float[0], random);
      within(manner + " sum", total, sum);
      within(manner + " mean", total / n, mean);
      within(manner + " mean by the reciprocal", total * (1f / n), mean);
      within(manner + " sum of squares", square, squares);
      within(manner + " root", (float) Math.sqrt(square), root);
      within(
          manner + " product", manner.sum(a.toArray(), b.toArray(), new float[0], random), product);
    }
    float[] sizes = NaiveFloat.map(a, Math::abs).toArray();
    double magnitude = 0;
    for (float size : sizes) {
      magnitude += size;
    }
    double theory = (n - 1) * U * magnitude;
    assertTrue(sum.bound(0) >= theory && sum.bound(0) <= 1.01 * theory + 1e-30);
    assertTrue(squares.bound(0) <= 1.01 * n * U * squares.value(0) + 1e-30);
  }
}
