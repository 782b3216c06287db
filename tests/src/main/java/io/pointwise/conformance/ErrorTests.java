// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Device;
import io.pointwise.device.Precision;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.plan.PlanningException;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/**
 * What callers do wrong is told in words that name the tensor, what was wanted and what was given.
 */
final class ErrorTests {
  private final Device device;
  private final ConformanceCase pointwise =
      ConformanceCase.of("small pointwise", Shape.of(1, 4, 3, 5), b -> b.pointwise(6));

  ErrorTests(Device device) {
    this.device = device;
  }

  void wrongInputs() {
    try (Plan plan = plan()) {
      Tensor wrong = Tensor.zeros(Shape.of(1, 4, 5, 3));
      refuses(() -> plan.run(wrong), "input", "1×4×3×5", "1×4×5×3");
      Tensor right = Tensor.zeros(Shape.of(1, 4, 3, 5));
      refuses(() -> plan.run(List.of(right, right)), "1 input", "got 2");
      refuses(() -> plan.run(List.of()), "1 input", "got 0");
    }
  }

  void wrongOutputs() {
    try (Plan plan = plan()) {
      List<Tensor> inputs = List.of(Tensor.zeros(Shape.of(1, 4, 3, 5)));
      Tensor wrong = Tensor.zeros(Shape.of(1, 6, 5, 3));
      refuses(() -> plan.run(inputs, List.of(wrong)), "output", "conv2d-1", "1×6×3×5", "1×6×5×3");
      refuses(() -> plan.run(inputs, List.of()), "1 output", "got 0");
    }
  }

  void outputOverInput() {
    try (Plan plan = plan()) {
      Tensor memory = Tensor.zeros(Shape.of(1, 10, 3, 5));
      long inputBytes = Shape.of(1, 4, 3, 5).bytes();
      long outputBytes = Shape.of(1, 6, 3, 5).bytes();
      Tensor input = Tensor.over(Shape.of(1, 4, 3, 5), memory.memory().asSlice(0, inputBytes));
      // One cache line into the input.
      Tensor output = Tensor.over(Shape.of(1, 6, 3, 5), memory.memory().asSlice(64, outputBytes));
      refuses(() -> plan.run(List.of(input), List.of(output)), "output", "input", "shares memory");
    }
  }

  /** After an error of the caller's, the plan works as before. */
  void errorsLeaveThePlanUsable() {
    Sample sample = Sample.of(pointwise, Data.REAL, 1);
    try (Plan plan = Plan.prepare(Trial.blueprint(device, sample, PlanOptions.DEFAULT), device)) {
      assertThrows(IllegalArgumentException.class, () -> plan.run(List.of()));
      List<Tensor> outputs = sample.outputs();
      plan.run(sample.inputs(), outputs);
      Expected expected = sample.expected(plan.blueprint().winograd()).getFirst();
      Judge.check("output", outputs.getFirst(), expected, Tolerance.BOUND);
    }
  }

  /** An arithmetic that the device does not have is refused by name, not replaced. */
  void precisionIsRefused(Precision precision) {
    PlanOptions options = PlanOptions.DEFAULT.withPrecision(precision);
    PlanningException refusal =
        assertThrows(
            PlanningException.class,
            () -> Planner.blueprint(pointwise.network(), device, options),
            () ->
                device.info().id() + " computes in " + precision + " although it does not have it");
    names(refusal, precision.name(), "conv2d-1");
  }

  /** Pinning an algorithm that does not exist is refused, and the layer named. */
  void unknownAlgorithmIsRefused() {
    PlanOptions options = PlanOptions.DEFAULT.withOnly("no-such-algorithm");
    names(
        assertThrows(
            PlanningException.class, () -> Planner.blueprint(pointwise.network(), device, options)),
        "conv2d-1");
  }

  private Plan plan() {
    Sample sample = Sample.of(pointwise, Data.REAL, 1);
    return Plan.prepare(Trial.blueprint(device, sample, PlanOptions.DEFAULT), device);
  }

  private static void refuses(Executable call, String... words) {
    names(assertThrows(IllegalArgumentException.class, call), words);
  }

  private static void names(Throwable refusal, String... words) {
    for (String word : words) {
      assertTrue(
          String.valueOf(refusal.getMessage()).contains(word),
          () -> "message should name " + word + ": " + refusal.getMessage());
    }
  }
}
