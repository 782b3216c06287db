// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.scalar.Bounds.Held;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.AxisTaps;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Resampling;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Role;
import io.pointwise.layer.Transpose;
import io.pointwise.layer.Where;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Bounds of layers whose inputs have errors already hold for plain float32 code. */
class LayerBoundTest {
  private static final List<Double> ERRORS = List.of(0.0, 1e-6, 1e-3);

  private final SplittableRandom seeds = new SplittableRandom(7);

  private static Held reals(SplittableRandom random, Shape shape) {
    double error = ERRORS.get(random.nextInt(ERRORS.size()));
    return Held.of(random, shape, () -> random.nextDouble(-3, 3), () -> error);
  }

  private static void within(Layer layer, List<Held> inputs, float... actual) {
    Field expected = Bounds.expect(layer, Map.of(), inputs);
    assertEquals(actual.length, expected.shape().elements());
    for (int i = 0; i < actual.length; i++) {
      Bounds.assertWithin(layer.toString(), expected, i, actual[i]);
    }
  }

  /** Bounds may not be larger than this share of what the numbers and their errors sum up to. */
  private static void tight(Layer layer, List<Held> inputs, double incoming, double size) {
    Field expected = Bounds.expect(layer, Map.of(), inputs);
    for (long i = 0; i < expected.shape().elements(); i++) {
      double bound = expected.error(i);
      assertTrue(bound <= 1.01 * incoming + 1e-5 * size, () -> layer + ": bound " + bound);
    }
  }

  private static Reduce reduce(Reduce.Function function) {
    return new Reduce(function, List.of(0), false);
  }

  @Property(tries = 200)
  void reductions(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RoughFloat rough = new RoughFloat(random);
    int n = random.nextInt(1, 40);
    Held x = reals(random, Shape.of(n));
    float sum = 0;
    float squares = 0;
    float max = Float.NEGATIVE_INFINITY;
    float min = Float.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      sum += x.get(i);
      squares += x.get(i) * x.get(i);
      max = Math.max(max, x.get(i));
      min = Math.min(min, x.get(i));
    }
    List<Held> inputs = List.of(x);
    within(reduce(Reduce.Function.SUM), inputs, sum);
    within(reduce(Reduce.Function.MEAN), inputs, rough.divide(sum, n));
    within(reduce(Reduce.Function.MEAN), inputs, sum * rough.divide(1, n));
    within(reduce(Reduce.Function.SUM_SQUARE), inputs, squares);
    within(reduce(Reduce.Function.L2), inputs, rough.sqrt(squares));
    within(reduce(Reduce.Function.MAX), inputs, max);
    within(reduce(Reduce.Function.MIN), inputs, min);
    double e = x.exact().error(0);
    tight(reduce(Reduce.Function.SUM), inputs, n * e, 3 * n);
    tight(reduce(Reduce.Function.MEAN), inputs, e, 3);
    tight(reduce(Reduce.Function.SUM_SQUARE), inputs, 6.01 * n * e, 9 * n);
    tight(reduce(Reduce.Function.MAX), inputs, e, 0);
    tight(reduce(Reduce.Function.MIN), inputs, e, 0);
  }

  @Test
  void theMaximumOfExactNumbersIsExact() {
    Held x = Held.of(seeds, Shape.of(9), () -> seeds.nextDouble(-3, 3), () -> 0);
    assertEquals(0, Bounds.expect(reduce(Reduce.Function.MAX), Map.of(), List.of(x)).error(0));
    assertEquals(0, Bounds.expect(reduce(Reduce.Function.MIN), Map.of(), List.of(x)).error(0));
    // But for one that a device may take for zero.
    Held tiny = held(new double[] {1e-40f, -1}, 0);
    assertEquals(
        1e-40f, Bounds.expect(reduce(Reduce.Function.MAX), Map.of(), List.of(tiny)).error(0));
    Held one = Held.of(seeds, Shape.of(1), () -> 0.3, () -> 0);
    assertEquals(0, Bounds.expect(reduce(Reduce.Function.SUM), Map.of(), List.of(one)).error(0));
  }

  @Property(tries = 200)
  void matrixProducts(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int k = random.nextInt(1, 40);
    Held a = reals(random, Shape.of(1, k));
    Held b = reals(random, Shape.of(k, 1));
    float sum = 0;
    float fused = 0;
    for (int i = 0; i < k; i++) {
      sum += a.get(i) * b.get(i);
      fused = Math.fma(a.get(k - 1 - i), b.get(k - 1 - i), fused);
    }
    within(new MatMul(), List.of(a, b), sum);
    within(new MatMul(), List.of(a, b), fused);
    double incoming = 3.001 * k * (a.exact().error(0) + b.exact().error(0));
    tight(new MatMul(), List.of(a, b), incoming, 9 * k);
  }

  @Property(tries = 200)
  void groupNorms(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RoughFloat rough = new RoughFloat(random);
    int n = random.nextInt(2, 60);
    float epsilon = random.nextBoolean() ? 1e-5f : 0.1f;
    double offset = random.nextInt(3) * 20;
    double error = ERRORS.get(random.nextInt(ERRORS.size()));
    Held x =
        Held.of(random, Shape.of(1, 1, n), () -> offset + random.nextDouble(-3, 3), () -> error);
    float a = (float) random.nextDouble(-2, 2);
    // A large one, so that its rounding is not lost among the others.
    float b = (float) random.nextDouble(-2, 2) * (random.nextBoolean() ? 1 : 1000);
    Shape one = Shape.of(1);
    Map<Role, Field> weights =
        Map.of(Role.SCALE, Field.of(Tensor.of(one, a)), Role.SHIFT, Field.of(Tensor.of(one, b)));
    Field expected = Bounds.expect(new GroupNorm(1, epsilon), weights, List.of(x));
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x.get(i);
    }
    float mean = rough.divide(sum, n);
    float squares = 0;
    for (int i = 0; i < n; i++) {
      squares += (x.get(i) - mean) * (x.get(i) - mean);
    }
    float factor = rough.divide(1, rough.sqrt(rough.divide(squares, n) + epsilon));
    float product = a * factor;
    float constant = b - mean * product;
    for (int i = 0; i < n; i++) {
      Bounds.assertWithin("group norm", expected, i, a * ((x.get(i) - mean) * factor) + b);
      Bounds.assertWithin("group norm folded", expected, i, Math.fma(x.get(i), product, constant));
      double bound = expected.error(i);
      double deviation = 1 / expectedFactor(x, epsilon);
      double most =
          2 * (2 + 9 / deviation) / deviation * (2.1 * error + 5e-6 * (offset + 6))
              + 1e-5 * (1 + Math.abs(b));
      assertTrue(bound < most, () -> "loose bound " + bound + ", at most " + most);
    }
  }

  private static double expectedFactor(Held x, double epsilon) {
    long n = x.held().shape().elements();
    double mean = 0;
    for (long i = 0; i < n; i++) {
      mean += x.exact().value(i) / n;
    }
    double variance = epsilon;
    for (long i = 0; i < n; i++) {
      variance += Math.pow(x.exact().value(i) - mean, 2) / n;
    }
    return 1 / Math.sqrt(variance);
  }

  @Test
  void nothingCanBeSaidOfAVarianceThatMayBeZero() {
    Held x = Held.of(seeds, Shape.of(1, 1, 2), () -> seeds.nextDouble(0.999, 1.001), () -> 0.1);
    Shape one = Shape.of(1);
    Map<Role, Field> weights =
        Map.of(Role.SCALE, Field.of(Tensor.of(one, 1)), Role.SHIFT, Field.of(Tensor.of(one, 0)));
    assertEquals(
        Double.POSITIVE_INFINITY, Bounds.expect(new GroupNorm(1, 0), weights, List.of(x)).error(0));
    assertTrue(Double.isFinite(Bounds.expect(new GroupNorm(1, 1), weights, List.of(x)).error(0)));
  }

  @Property(tries = 100)
  void resampling(@ForAll long seed, @ForAll Resampling.Mode mode) {
    SplittableRandom random = new SplittableRandom(seed);
    Resampling how =
        new Resampling(
            mode,
            Resampling.Coordinates.HALF_PIXEL,
            Resampling.Rounding.FLOOR,
            -0.75f,
            false,
            random.nextBoolean());
    Resize.Axis rows = new Resize.Axis(0, random.nextInt(1, 9), 1.3, 0, 1);
    Resize.Axis columns = new Resize.Axis(1, random.nextInt(1, 9), 0.7, 0, 1);
    Resize resize = new Resize(List.of(rows, columns), how, 0);
    Shape shape = Shape.of(5, 6);
    Held x = reals(random, shape);
    Field expected = Bounds.expect(resize, Map.of(), List.of(x));
    AxisTaps down = resize.taps(shape, rows);
    AxisTaps across = resize.taps(shape, columns);
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns.size(); c++) {
        float nested = 0;
        float flat = 0;
        for (int p = 0; p < down.sources()[r].length; p++) {
          float weight = (float) down.weights()[r][p];
          float row = 0;
          for (int q = 0; q < across.sources()[c].length; q++) {
            float element = x.get(down.sources()[r][p] * 6L + across.sources()[c][q]);
            float second = (float) across.weights()[c][q];
            row += second * element;
            flat += weight * second * element;
          }
          nested += weight * row;
        }
        int at = r * columns.size() + c;
        Bounds.assertWithin(resize + " axis by axis", expected, at, nested);
        Bounds.assertWithin(resize + " in one sum", expected, at, flat);
        double e = x.exact().error(0);
        double bound = expected.error(at);
        assertTrue(bound <= (mode == Resampling.Mode.CUBIC ? 2.5 : 1.01) * e + 2e-5);
        assertTrue(mode != Resampling.Mode.NEAREST || bound == e, "a copy does not round");
      }
    }
  }

  @Property(tries = 200)
  void indicesOfExtremes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double error = random.nextInt(3) * 0.05;
    Held x = Held.of(random, Shape.of(9), () -> random.nextInt(4) * 0.1f, () -> error);
    for (ArgReduce.Mode mode : ArgReduce.Mode.values()) {
      boolean last = random.nextBoolean();
      ArgReduce layer = new ArgReduce(mode, 0, false, last);
      within(layer, List.of(x), Evaluation.of(layer, x.held()).get(0));
      double bound = Bounds.expect(layer, Map.of(), List.of(x)).error(0);
      assertTrue(error == 0 ? bound == 0 : bound <= 8, () -> "bound " + bound);
    }
    MaxPoolIndices pool = new MaxPoolIndices(Window.square(3), false, random.nextBoolean());
    Held image = Held.of(random, Shape.of(1, 1, 3, 3), () -> random.nextInt(4) * 0.1f, () -> error);
    within(pool, List.of(image), Evaluation.of(pool, image.held()).get(0));
    double bound = Bounds.expect(pool, Map.of(), List.of(image)).error(0);
    assertTrue(error == 0 ? bound == 0 : bound <= 8, () -> "bound " + bound);
  }

  @Test
  void anIndexIsExactIfNoOtherElementComesNear() {
    Held x = held(new double[] {1, 5, 2, 4}, 0.4);
    ArgReduce max = new ArgReduce(ArgReduce.Mode.MAX, 0, false, false);
    ArgReduce min = new ArgReduce(ArgReduce.Mode.MIN, 0, false, false);
    assertEquals(0, Bounds.expect(max, Map.of(), List.of(x)).error(0));
    Held near = held(new double[] {1, 5, 2, 4}, 0.6);
    assertEquals(2, Bounds.expect(max, Map.of(), List.of(near)).error(0));
    assertEquals(2, Bounds.expect(min, Map.of(), List.of(near)).error(0));
    assertEquals(0, Bounds.expect(min, Map.of(), List.of(x)).error(0));
  }

  private static Held held(double[] values, double error) {
    Field exact = Field.tracked(Shape.of(values.length));
    Tensor floats = Tensor.zeros(Shape.of(values.length));
    for (int i = 0; i < values.length; i++) {
      exact.set(i, values[i], error);
      floats.set(i, (float) values[i]);
    }
    return new Held(exact, floats);
  }

  @Test
  void whereCoversBothIfTheConditionIsOpen() {
    Held yes = held(new double[] {1}, 0.1);
    Held no = held(new double[] {3}, 0.2);
    assertEquals(0.1, whereBound(held(new double[] {1}, 0.5), yes, no));
    assertEquals(0.2, whereBound(held(new double[] {0}, 0), yes, no));
    assertEquals(2.2, whereBound(held(new double[] {1}, 1), yes, no), 1e-15);
    assertEquals(2.1, whereBound(held(new double[] {0}, 1e-30), yes, no), 1e-15);
    Held infinite = held(new double[] {Double.POSITIVE_INFINITY}, 0);
    assertEquals(0.1, whereBound(held(new double[] {1}, 0.5), yes, infinite));
    assertEquals(Double.POSITIVE_INFINITY, whereBound(held(new double[] {1}, 1), yes, infinite));
  }

  private static double whereBound(Held condition, Held yes, Held no) {
    return Bounds.expect(new Where(), Map.of(), List.of(condition, yes, no)).error(0);
  }

  @Test
  void gatherCoversAllElementsThatTheIndexMayMean() {
    Held data = held(new double[] {1, 2, 4, 8}, 0.25);
    for (Layer layer : List.of(new Gather(0), new GatherElements(0))) {
      assertEquals(0.25, gatherBound(layer, data, 2, 0));
      assertEquals(0.25, gatherBound(layer, data, -2, 0.5));
      assertEquals(4.25, gatherBound(layer, data, 2, 1));
      assertEquals(3.25, gatherBound(layer, data, -4, 2), "the one that is outside is NaN");
    }
  }

  private static double gatherBound(Layer layer, Held data, double index, double error) {
    return Bounds.expect(layer, Map.of(), List.of(data, held(new double[] {index}, error)))
        .error(0);
  }

  @Property(tries = 50)
  void whatIsOnlyMovedKeepsItsError(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Held x =
        Held.of(
            random,
            Shape.of(3, 4),
            () -> random.nextDouble(-3, 3),
            () -> random.nextInt(3) * random.nextDouble());
    Field transposed = Bounds.expect(new Transpose(List.of(1, 0)), Map.of(), List.of(x));
    Pad pad = new Pad(List.of(0, 1), List.of(0, 0), Pad.Mode.CONSTANT, 2);
    Field padded = Bounds.expect(pad, Map.of(), List.of(x));
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 4; c++) {
        double error = x.exact().error(r * 4L + c);
        assertEquals(error, transposed.error(c * 3L + r));
        assertEquals(error, padded.error(r * 5L + c + 1));
      }
      assertEquals(0, padded.error(r * 5L));
    }
  }
}
