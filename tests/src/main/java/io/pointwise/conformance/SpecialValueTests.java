// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Concat;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.Window;
import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** NaN, infinities, denormals, huge numbers and zeros come out where the reference has them. */
final class SpecialValueTests {
  private static final Shape IMAGE = Shape.of(2, 9, 7, 6);
  private static final List<SpecialValues> ANY = List.of(SpecialValues.values());

  /**
   * Where infinities are no matter of definition: {@code ∞ − ∞} and {@code 0·∞} depend on how a sum
   * is taken.
   */
  private static final List<SpecialValues> SUMS =
      List.of(SpecialValues.NAN, SpecialValues.DENORMAL, SpecialValues.ZERO);

  private final Device device;
  private final ConformanceReport report;
  private final ToDoubleFunction<String> roundingFactor;

  SpecialValueTests(
      Device device, ConformanceReport report, ToDoubleFunction<String> roundingFactor) {
    this.device = device;
    this.report = report;
    this.roundingFactor = roundingFactor;
  }

  Stream<DynamicTest> all() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ActivationFunction function : ActivationCases.FUNCTIONS) {
      boolean product = function instanceof ActivationFunction.HardSwish;
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
    copies(tests);
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

  private void sums(List<DynamicTest> tests) {
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
    new Trial(device, sample, roundingFactor).run(PlanOptions.DEFAULT.withGuarded(true));
  }
}
