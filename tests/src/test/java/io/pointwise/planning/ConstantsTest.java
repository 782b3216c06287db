// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Device;
import io.pointwise.layer.Add;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Constant;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Role;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.network.Weights;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Memory;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Constants lie on the device once, for all runs of a plan. */
final class ConstantsTest {
  private static final Shape ROW = Shape.of(3);
  private static final Layer SUBTRACT = new Elementwise(Elementwise.Function.SUBTRACT);
  private static final Tensor INPUT = Tensor.of(ROW, 10, 20, 30);

  private static NetworkBuilder builder(Tensor constant) {
    return Network.builder("net").input("x", ROW).constant("c", constant);
  }

  private static Network difference(Tensor constant) {
    return builder(constant).layer("difference", SUBTRACT, List.of("x", "c")).build(1);
  }

  @Test
  void aConstantIsAnOperandInEveryRun() {
    try (Device device = Cpu.open();
        Plan plan = Planner.plan(difference(Tensor.of(ROW, 1, 2, 3)), device)) {
      assertArrayEquals(new float[] {9, 18, 27}, plan.run(INPUT).toArray());
      assertArrayEquals(new float[] {-1, -2, -3}, plan.run(Tensor.zeros(ROW)).toArray());
    }
  }

  @Test
  void aPlanHasItsOwnCopy() {
    Tensor constant = Tensor.of(ROW, 1, 2, 3);
    try (Device device = Cpu.open();
        Plan plan = Planner.plan(difference(constant), device)) {
      constant.set(0, 100);
      assertArrayEquals(new float[] {9, 18, 27}, plan.run(INPUT).toArray());
    }
  }

  @Test
  void aConstantIsAnOutput() {
    Network network =
        builder(Tensor.of(ROW, 1, 2, 3))
            .layer("column", new Reshape(3, 1))
            .layer("sum", new Add(), List.of("x", "c"))
            .build(1, List.of("c", "column", "c", "sum"));
    try (Device device = Cpu.open();
        Plan plan = Planner.plan(network, device)) {
      for (int run = 0; run < 2; run++) {
        List<Tensor> outputs = plan.run(List.of(INPUT));
        for (Tensor output : outputs.subList(0, 3)) {
          assertArrayEquals(new float[] {1, 2, 3}, output.toArray());
          // What the caller does with an output is no matter of the plan's.
          output.set(0, 99);
        }
        assertArrayEquals(new float[] {11, 22, 33}, outputs.getLast().toArray());
      }
      assertEquals(Shape.of(3, 1), plan.run(List.of(INPUT)).get(1).shape());
    }
  }

  @Test
  void aConstantMayHoldNothing() {
    Network network =
        builder(Tensor.zeros(Shape.of(0))).layer("both", new Concat(0), List.of("c", "x")).build(1);
    for (boolean guarded : new boolean[] {false, true}) {
      try (Device device = Cpu.open();
          Plan plan = Planner.plan(network, device, PlanOptions.DEFAULT.withGuarded(guarded))) {
        assertArrayEquals(INPUT.toArray(), plan.run(INPUT).toArray());
      }
    }
  }

  @Test
  void theReferenceKnowsConstants() {
    Expected expected =
        Reference.run(difference(Tensor.of(ROW, 1, 2, 3)), List.of(INPUT)).getFirst();
    assertArrayEquals(
        new double[] {9, 18, 27}, LongStream.range(0, 3).mapToDouble(expected::value).toArray());
  }

  @Test
  void aConstantTakesNoStepAndNoRoomOfARun() {
    Blueprint blueprint = Cpu.blueprint(difference(Tensor.of(ROW, 1, 2, 3)));
    assertEquals(1, blueprint.steps().size());
    assertEquals(1, blueprint.constants().size());
    int storage = blueprint.constants().keySet().iterator().next();
    assertEquals(Memory.CONSTANT, blueprint.memory().offsets().get(storage));
    // The input and the output are the caller's.
    assertEquals(0, blueprint.memory().arenaBytes());
    assertEquals(2 * ROW.bytes(), blueprint.memory().sumBytes());
    assertEquals("constant, on the device once", blueprint.explain().layers().getFirst().note());
  }

  @Test
  void constantsAreCountedAsWeights() {
    try (Device device = Cpu.open();
        Plan plan = Planner.plan(difference(Tensor.of(ROW, 1, 2, 3)), device);
        Plan none = Planner.plan(Network.builder("none").input("x", ROW).relu().build(1), device)) {
      assertTrue(plan.weightBytes() >= ROW.bytes(), () -> plan.weightBytes() + " bytes");
      assertEquals(0, none.weightBytes());
    }
  }

  @Test
  void aBlueprintReadsNoConstant() {
    Network.Graph graph = Network.graph("net");
    graph.input("x", ROW);
    Weights untouchable =
        Weights.lazy(
            Map.of(Role.VALUE, ROW),
            () -> {
              throw new AssertionError("a constant was read");
            });
    graph.add("c", new Constant(ROW), untouchable, List.of());
    graph.add("difference", SUBTRACT, Weights.none(), List.of("x", "c"));
    Network network = graph.build(List.of("difference"));
    assertEquals(1, Cpu.blueprint(network).steps().size());
  }
}
