// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import io.pointwise.device.Epilogue;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Mul;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Reorder;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScalarTierTest {
  private static final Workers WORKERS = new Workers(1);
  private static final Shape IMAGE = Shape.of(1, 4, 6, 6);
  private static final Epilogue EVERYTHING = new Epilogue(true, new ActivationFunction.HardSwish());

  private static final List<Layer> LAYERS =
      List.of(
          new Conv2d(4, Window.square(3)),
          new ConvTranspose2d(4, Window.square(3)),
          new MaxPool2d(Window.square(2)),
          new AvgPool2d(Window.square(2)),
          new GlobalPool2d(GlobalPool2d.Mode.MAX),
          new Activation(new ActivationFunction.Tanh()),
          new PRelu(true),
          new Softmax(1),
          new BatchNorm(1e-5f),
          new LocalResponseNorm(3, 1e-4f, 0.75f, 1),
          new Concat(1),
          new Flatten(),
          new Reshape(4, -1),
          new Dropout(0.5f));

  private static Step with(Step step, Precision precision) {
    return new Step(
        step.name(), step.operation(), step.inputs(), step.output(), step.epilogue(), precision);
  }

  private static List<Step> steps(Epilogue epilogue) {
    List<Step> steps = new ArrayList<>();
    for (Layer layer : LAYERS) {
      steps.add(step(layer, epilogue, List.of(IMAGE)));
    }
    steps.add(step(new Add(), epilogue, List.of(IMAGE, IMAGE)));
    steps.add(step(new Mul(), epilogue, List.of(IMAGE, IMAGE)));
    steps.add(step(new Linear(3, true), epilogue, List.of(Shape.of(2, 5))));
    return steps;
  }

  private static Step step(Layer layer, Epilogue epilogue, List<Shape> operands) {
    List<Shape> inputs = new ArrayList<>(operands);
    if (epilogue.residual()) {
      inputs.add(layer.outputShape(operands));
    }
    return Evaluation.step(layer, epilogue, inputs);
  }

  @Test
  void acceptsEveryLayerWithAnyEpilogueExactlyOnce() {
    for (Epilogue epilogue : List.of(Epilogue.NONE, EVERYTHING)) {
      for (Step step : steps(epilogue)) {
        Support.Yes yes =
            assertInstanceOf(Support.Yes.class, Evaluation.accepting(step, WORKERS).check(step));
        LayoutChoice choice = yes.choices().getFirst();
        assertEquals(LayoutChoice.nchw(step.inputs().size(), 0), choice);
      }
    }
  }

  @Test
  void refusesWithAReason() {
    Step pool = Evaluation.step(LAYERS.get(2), Epilogue.NONE, List.of(IMAGE));
    assertEquals(
        new Support.Inapplicable("scalar-conv does not do max-pool2d"),
        named("scalar-conv").check(pool));
    assertEquals(
        Support.no("scalar-pool computes FP32 only, TF32 was asked for"),
        named("scalar-pool").check(with(pool, Precision.TF32)));
    assertEquals(
        new Support.Inapplicable("scalar-reorder does not do max-pool2d"),
        named("scalar-reorder").check(pool));
  }

  @Test
  void reordersOfferTheLayoutsAskedFor() {
    Reorder reorder = new Reorder(Layout.NHWC, Layout.blocked(8));
    Step step = Evaluation.step(reorder, Epilogue.NONE, List.of(IMAGE));
    LayoutChoice choice = new LayoutChoice(List.of(Layout.NHWC), Layout.blocked(8), 0, 0);
    assertEquals(new Support.Yes(List.of(choice)), Evaluation.accepting(step, WORKERS).check(step));
    Step matrix = Evaluation.step(reorder, Epilogue.NONE, List.of(Shape.of(2, 3)));
    assertInstanceOf(Support.No.class, named("scalar-reorder").check(matrix));
  }

  private static Algorithm named(String name) {
    return ScalarTier.algorithms(WORKERS).stream()
        .filter(algorithm -> algorithm.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    ScalarTier.algorithms(WORKERS).forEach(algorithm -> names.add(algorithm.name()));
    assertEquals(ScalarTier.algorithms(WORKERS).size(), names.size());
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    SplittableRandom random = new SplittableRandom(3);
    Shape shape = Shape.of(2, 12, 33, 65);
    Conv2d conv = new Conv2d(20, Window.square(3).pad(1).stride(2), 2, true);
    Step step = Evaluation.step(conv, Epilogue.NONE, List.of(shape));
    Weights weights =
        Weights.of(
            RandomConvolution.reals(random, conv.spec(shape).weight()),
            RandomConvolution.reals(random, Shape.of(20)));
    List<Tensor> x = List.of(RandomConvolution.reals(random, shape));
    try (Workers four = new Workers(4)) {
      assertArrayEquals(
          Evaluation.scalar(step, weights, x, WORKERS).toArray(),
          Evaluation.scalar(step, weights, x, four).toArray());
    }
  }

  @Test
  void aPreparedStepKeepsItsOwnWeights() {
    Tensor weight = Tensor.of(Shape.of(1, 1, 1, 1), 2);
    Step step =
        Evaluation.step(
            new Conv2d(1, Window.square(1), 1, false),
            Epilogue.NONE,
            List.of(Shape.of(1, 1, 1, 1)));
    try (PreparedStep prepared =
        named("scalar-conv").prepare(step, LayoutChoice.nchw(1, 0), Weights.of(weight))) {
      weight.set(0, 3);
      assertEquals(Float.BYTES, prepared.weightBytes());
      Tensor x = Tensor.of(Shape.of(1, 1, 1, 1), 10);
      Tensor y = Tensor.zeros(x.shape());
      Evaluation.run(prepared, List.of(x.memory()), y.memory());
      assertEquals(20, y.get(0));
    }
    Weights without = Weights.none();
    assertThrows(
        IllegalArgumentException.class,
        () -> named("scalar-conv").prepare(step, LayoutChoice.nchw(1, 0), without));
  }
}
