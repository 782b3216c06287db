// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.scalar.Evaluation;
import io.pointwise.cpu.scalar.RandomConvolution;
import io.pointwise.device.Epilogue;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.Operation;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Bounds of everything that is no convolution hold for plain float32 code and stay near what theory
 * says.
 */
class FunctionBoundTest {
  private static void holds(Operation operation, Weights weights, Tensor x, Tensor naive) {
    holds(operation, weights, x, naive, 1e-4);
  }

  private static void holds(
      Operation operation, Weights weights, Tensor x, Tensor naive, double loose) {
    Expected expected =
        Reference.step(
            Evaluation.step(operation, Epilogue.NONE, List.of(x.shape())), List.of(x), weights);
    Comparison comparison = Comparison.of(naive, expected);
    assertTrue(comparison.ok(), () -> operation + ": " + comparison.describe());
    for (long i = 0; i < naive.shape().elements(); i++) {
      double scale = 1 + Math.abs(expected.value(i));
      assertTrue(expected.bound(i) < loose * scale, operation + " has a loose bound");
    }
  }

  private static Tensor random(long seed, double deviation, Shape shape) {
    return NaiveFloat.map(
        RandomConvolution.reals(new SplittableRandom(seed), shape), x -> (float) (x * deviation));
  }

  private static float exp(float x) {
    return (float) Math.exp(x);
  }

  private static void activation(
      ActivationFunction function, Tensor x, UnaryOperator<Float> naive) {
    holds(new Activation(function), Weights.none(), x, NaiveFloat.map(x, naive));
  }

  @Property(tries = 60)
  void activations(@ForAll long seed) {
    Tensor x = random(seed, 4, Shape.of(200));
    activation(new ActivationFunction.Sigmoid(), x, v -> 1 / (1 + exp(-v)));
    activation(new ActivationFunction.Tanh(), x, v -> (float) Math.tanh(v));
    activation(new ActivationFunction.Elu(1.5f), x, v -> v >= 0 ? v : 1.5f * (exp(v) - 1));
    activation(new ActivationFunction.HardSwish(), x, v -> v * Math.min(Math.max(v + 3, 0), 6) / 6);
    activation(
        new ActivationFunction.HardSwish(),
        x,
        v -> v * Math.min(Math.max(v * (1f / 6) + 0.5f, 0), 1));
    activation(
        new ActivationFunction.HardSigmoid(0.2f, 0.5f),
        x,
        v -> Math.min(Math.max(Math.fma(0.2f, v, 0.5f), 0), 1));
    activation(new ActivationFunction.LeakyRelu(0.01f), x, v -> v >= 0 ? v : 0.01f * v);
  }

  @Property(tries = 60)
  void extremeArguments(@ForAll long seed) {
    Tensor x = random(seed, 1e4, Shape.of(50));
    activation(new ActivationFunction.Sigmoid(), x, v -> 1 / (1 + exp(-v)));
    activation(new ActivationFunction.Elu(1), x, v -> v >= 0 ? v : exp(v) - 1);
    activation(new ActivationFunction.HardSwish(), x, v -> v * Math.min(Math.max(v + 3, 0), 6) / 6);
    activation(
        new ActivationFunction.HardSigmoid(0.2f, 0.5f),
        x,
        v -> Math.min(Math.max(0.2f * v + 0.5f, 0), 1));
  }

  @Property(tries = 60)
  void softmaxAndItsLogarithm(@ForAll long seed) {
    for (int size : new int[] {1, 7, 8, 300}) {
      // The one of eight is far apart: there the rounding of x − m decides.
      Tensor x = random(seed, size == 8 ? 35 : 5, Shape.of(1, size));
      float max = Float.NEGATIVE_INFINITY;
      for (float v : x.toArray()) {
        max = Math.max(max, v);
      }
      float top = max;
      float sum = 0;
      for (float v : x.toArray()) {
        sum += exp(v - top);
      }
      float total = sum;
      holds(new Softmax(1), Weights.none(), x, NaiveFloat.map(x, v -> exp(v - top) / total));
      float log = (float) Math.log(total);
      Tensor logs = NaiveFloat.map(x, v -> v - top - log);
      holds(new Softmax(1, true), Weights.none(), x, logs);
    }
  }

  @Property(tries = 60)
  void batchNormWrittenInTwoWays(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = random(seed, 10, Shape.of(1, 1, 10, 10));
    float scale = (float) random.nextGaussian();
    float shift = (float) random.nextGaussian();
    float mean = (float) random.nextGaussian(0, 10);
    float variance = (float) random.nextDouble(1, 100);
    Weights weights = BatchNormWeights.of(scale, shift, mean, variance);
    BatchNorm norm = new BatchNorm(1e-3f);
    float a = scale / (float) Math.sqrt(variance + 1e-3f);
    // Terms of several hundred may cancel.
    holds(norm, weights, x, NaiveFloat.map(x, v -> (v - mean) * a + shift), 1e-2);
    float constant = shift - mean * a;
    holds(norm, weights, x, NaiveFloat.map(x, v -> Math.fma(a, v, constant)), 1e-2);
  }

  @Property(tries = 60)
  void responseNorm(@ForAll long seed) {
    LocalResponseNorm layer = new LocalResponseNorm(5, 0.1f, 0.75f, 2);
    Tensor x = random(seed, 20, Shape.of(1, 12, 1, 1));
    Tensor y = Tensor.zeros(x.shape());
    for (int c = 0; c < 12; c++) {
      float sum = 0;
      for (int j = Math.max(0, c - 2); j <= Math.min(11, c + 2); j++) {
        sum += x.get(j) * x.get(j);
      }
      y.set(c, x.get(c) / (float) Math.pow(2 + 0.1f / 5 * sum, 0.75f));
    }
    holds(layer, Weights.none(), x, y);
  }

  @Property(tries = 60)
  void averages(@ForAll long seed) {
    Tensor x = random(seed, 3, Shape.of(1, 1, 7, 7));
    float sum = 0;
    for (float v : x.toArray()) {
      sum += v;
    }
    Tensor mean = Tensor.of(Shape.of(1, 1, 1, 1), sum * (1f / 49));
    holds(new AvgPool2d(Window.square(7)), Weights.none(), x, mean);
  }
}
