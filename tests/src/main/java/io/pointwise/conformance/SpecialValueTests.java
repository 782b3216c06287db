// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Resampling;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.Transpose;
import io.pointwise.layer.Where;
import io.pointwise.layer.Window;
import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * NaN, infinities, denormals, huge numbers and zeros come out where the reference has them.
 * Winograd's formula is left out: with it they reach all outputs of a tile.
 */
final class SpecialValueTests {
  private static final Shape IMAGE = Shape.of(2, 9, 7, 6);
  private static final List<SpecialValues> ANY = List.of(SpecialValues.values());

  /**
   * Where infinities are no matter of definition: {@code ∞ − ∞} and {@code 0·∞} depend on how a sum
   * is taken.
   */
  private static final List<SpecialValues> SUMS =
      List.of(SpecialValues.NAN, SpecialValues.DENORMAL, SpecialValues.ZERO);

  /**
   * Numbers that a device takes for zero, or does not: what is a number for the one is none for the
   * other.
   */
  private static final List<SpecialValues> NORMAL =
      List.of(SpecialValues.NAN, SpecialValues.INFINITY, SpecialValues.HUGE, SpecialValues.ZERO);

  private final Device device;
  private final ConformanceReport report;

  SpecialValueTests(Device device, ConformanceReport report) {
    this.device = device;
    this.report = report;
  }

  Stream<DynamicTest> all() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ActivationFunction function : ActivationCases.FUNCTIONS) {
      // At an infinity these have 0·∞ or ∞/∞ in them.
      boolean product =
          function instanceof ActivationFunction.HardSwish
              || function instanceof ActivationFunction.Swish
              || function instanceof ActivationFunction.Mish
              || function instanceof ActivationFunction.Gelu
              || function instanceof ActivationFunction.Softsign;
      String name = ActivationCases.name(function);
      add(
          tests,
          ConformanceCase.of("special " + name, IMAGE, new Activation(function)),
          product ? SUMS : ANY);
      add(
          tests,
          ConformanceCase.of(
              "special pointwise + " + name,
              IMAGE,
              b -> b.pointwise(5).layer(new Activation(function))),
          SUMS);
    }
    for (ActivationFunction function : ActivationCases.PARTIAL) {
      ConformanceCase source =
          ConformanceCase.of(
              "special " + ActivationCases.name(function), IMAGE, new Activation(function));
      add(tests, source, function instanceof ActivationFunction.Reciprocal ? ANY : NORMAL);
    }
    for (int bits : new int[] {8, 16, 32, 64}) {
      add(
          tests,
          ActivationCases.integers(new ActivationFunction.WrapInteger(bits, false), 1000),
          ANY);
    }
    copies(tests);
    pairs(tests);
    picks(tests);
    sums(tests);
    return tests.stream();
  }

  private void copies(List<DynamicTest> tests) {
    Window window = Window.square(3).stride(2).pad(1);
    add(tests, ConformanceCase.of("special max pool", IMAGE, new MaxPool2d(window)), ANY);
    add(
        tests,
        ConformanceCase.of(
            "special max pool with windows in the padding",
            Shape.of(1, 3, 1, 1),
            new MaxPool2d(Window.square(2).dilation(2).pad(1))),
        ANY);
    add(
        tests,
        ConformanceCase.of(
            "special global max pool", IMAGE, new GlobalPool2d(GlobalPool2d.Mode.MAX)),
        ANY);
    add(tests, ConformanceCase.of("special concat", List.of(IMAGE, IMAGE), new Concat(1)), ANY);
    add(tests, ConformanceCase.of("special add", List.of(IMAGE, IMAGE), new Add()), ANY);
    add(tests, ConformanceCase.of("special prelu", IMAGE, new PRelu(true)), ANY);
    add(
        tests,
        ConformanceCase.of("special dropout and flatten", IMAGE, b -> b.dropout(0.5f).flatten()),
        ANY);
  }

  private void pairs(List<DynamicTest> tests) {
    for (Elementwise.Function function : Elementwise.Function.values()) {
      boolean divides =
          function == Elementwise.Function.DIVIDE || function == Elementwise.Function.POWER;
      add(
          tests,
          ConformanceCase.of(
              "special " + function, List.of(IMAGE, IMAGE), new Elementwise(function)),
          divides ? NORMAL : ANY);
    }
    add(tests, ConformanceCase.of("special where", List.of(IMAGE, IMAGE, IMAGE), new Where()), ANY);
  }

  private void picks(List<DynamicTest> tests) {
    for (Reduce.Function function : List.of(Reduce.Function.MAX, Reduce.Function.MIN)) {
      Reduce layer = new Reduce(function, List.of(2), false);
      add(tests, ConformanceCase.of("special " + layer.kind(), IMAGE, layer), ANY);
    }
    for (ArgReduce.Mode mode : ArgReduce.Mode.values()) {
      for (boolean last : new boolean[] {false, true}) {
        ArgReduce layer = new ArgReduce(mode, 1, false, last);
        String name = "special " + layer.kind() + (last ? ", the last" : "");
        add(tests, ConformanceCase.of(name, IMAGE, layer), ANY);
      }
    }
    Window window = Window.square(3).stride(2).pad(1);
    add(
        tests,
        ConformanceCase.of(
            "special max pool indices", IMAGE, new MaxPoolIndices(window, false, false)),
        ANY);
    Shape data = Shape.of(6, 5);
    add(tests, GatherCases.of("special gather", new Gather(0), data, Shape.of(9), 20), ANY);
    add(
        tests,
        GatherCases.of("special gather elements", new GatherElements(1), data, Shape.of(6, 9), 20),
        ANY);
    add(tests, ConformanceCase.of("special transpose", data, new Transpose(List.of(1, 0))), ANY);
    add(
        tests,
        ConformanceCase.of(
            "special pad", data, new Pad(List.of(1, 2), List.of(2, 1), Pad.Mode.REFLECT, 0)),
        ANY);
    Resize.Axis axis = new Resize.Axis(1, 10, 2, 0, 1);
    add(
        tests,
        ConformanceCase.of(
            "special resize", data, new Resize(List.of(axis), Resampling.nearest(), 0)),
        ANY);
  }

  private void sums(List<DynamicTest> tests) {
    for (Reduce.Function function :
        List.of(
            Reduce.Function.SUM,
            Reduce.Function.MEAN,
            Reduce.Function.SUM_SQUARE,
            Reduce.Function.L2)) {
      Reduce layer = new Reduce(function, List.of(2), false);
      add(tests, ConformanceCase.of("special " + layer.kind(), IMAGE, layer), SUMS);
    }
    add(
        tests,
        ConformanceCase.of("special matmul", List.of(Shape.of(9, 5), Shape.of(5, 7)), new MatMul()),
        SUMS);
    add(tests, ConformanceCase.of("special group norm", IMAGE, new GroupNorm(3, 0.1f)), SUMS);
    Window three = Window.square(3).pad(1);
    add(tests, ConformanceCase.of("special pointwise", IMAGE, b -> b.pointwise(17)), SUMS);
    add(tests, ConformanceCase.of("special conv", IMAGE, b -> b.conv(8, three)), SUMS);
    add(
        tests,
        ConformanceCase.of("special conv stride 2", IMAGE, b -> b.conv(8, three.stride(2))),
        SUMS);
    add(tests, ConformanceCase.of("special depthwise", IMAGE, b -> b.depthwise(three)), SUMS);
    add(
        tests,
        ConformanceCase.of(
            "special residual", IMAGE, b -> b.residual(r -> r.conv(9, three)).relu()),
        SUMS);
    add(tests, ConformanceCase.of("special linear", IMAGE, b -> b.flatten().linear(7)), SUMS);
    add(tests, ConformanceCase.of("special avg pool", IMAGE, new AvgPool2d(three)), SUMS);
    add(tests, ConformanceCase.of("special global avg pool", IMAGE, b -> b.globalAvgPool()), SUMS);
    add(tests, ConformanceCase.of("special batch norm", IMAGE, b -> b.batchNorm()), SUMS);
    add(tests, ConformanceCase.of("special softmax", Shape.of(5, 9), new Softmax(1)), SUMS);
    add(
        tests,
        ConformanceCase.of("special softmax of huge", Shape.of(5, 9), new Softmax(1)),
        List.of(SpecialValues.HUGE));
  }

  private void add(List<DynamicTest> tests, ConformanceCase source, List<SpecialValues> kinds) {
    if (!Repeat.selects(source.name())) {
      return;
    }
    List<Sample> samples = SpecialValues.samples(source, kinds);
    for (int i = 0; i < kinds.size(); i++) {
      Sample sample = samples.get(i);
      String name = source.name() + " [" + kinds.get(i) + "]";
      tests.add(DynamicTest.dynamicTest(name, report.counted(name, () -> run(sample))));
    }
  }

  private void run(Sample sample) {
    new Trial(device, sample).run(PlanOptions.DEFAULT.withWinograd(false).withGuarded(true));
  }
}
