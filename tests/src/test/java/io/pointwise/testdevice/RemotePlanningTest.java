// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Reorder;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How the planner gets along with a device that has likes and dislikes. */
final class RemotePlanningTest {
  private static final Window THREE = Window.square(3).pad(1);

  private static Blueprint plan(UnaryOperator<NetworkBuilder> layers) {
    Network network =
        layers.apply(Network.builder("net").input("image", Shape.of(1, 8, 6, 5))).build(1);
    try (RemoteDevice device = new RemoteDevice(1, 0)) {
      return Planner.blueprint(network, device, PlanOptions.DEFAULT);
    }
  }

  private static List<String> operations(Blueprint blueprint) {
    return blueprint.steps().stream().map(step -> step.step().describe()).toList();
  }

  private static long reorders(Blueprint blueprint) {
    return blueprint.steps().stream()
        .filter(step -> step.step().operation() instanceof Reorder)
        .count();
  }

  @Test
  void aConvolutionInItsOwnLayoutIsReorderedInAndOut() {
    assertEquals(
        List.of("reorder", "conv2d + relu", "reorder"),
        operations(plan(b -> b.conv(4, THREE).relu())));
  }

  @Test
  void convolutionsInARowStayInTheirLayout() {
    Blueprint blueprint = plan(b -> b.conv(4, THREE).relu().conv(5, THREE).relu().conv(6, THREE));
    assertEquals(2, reorders(blueprint));
  }

  @Test
  void aValueIsReorderedOnceForAllItsReaders() {
    Blueprint blueprint =
        plan(b -> b.branches(c -> c.conv(4, THREE), c -> c.conv(5, THREE), c -> c.conv(6, THREE)));
    long ofTheInput =
        blueprint.steps().stream()
            .filter(step -> step.step().operation() instanceof Reorder)
            .filter(step -> blueprint.inputs().containsAll(step.inputs()))
            .count();
    assertEquals(1, ofTheInput);
  }

  @Test
  void aResidualThatCannotBeFusedIsAddedInAStepOfItsOwn() {
    Blueprint blueprint = plan(b -> b.residual(r -> r.conv(8, THREE)).relu());
    List<PlannedStep> steps =
        blueprint.steps().stream().filter(step -> !step.covers().isEmpty()).toList();
    assertEquals(
        List.of(List.of("conv2d-1"), List.of("add-1"), List.of("relu-1")),
        steps.stream().map(PlannedStep::covers).toList());
    assertFalse(steps.getFirst().step().epilogue().residual());
  }

  @Test
  void anActivationThatCannotBeFusedFollowsInAStepOfItsOwn() {
    assertTrue(operations(plan(b -> b.conv(4, THREE).sigmoid())).contains("sigmoid"));
  }

  @Test
  void viewsAreOfTheShapeOfTheirReaders() {
    Blueprint blueprint =
        plan(b -> b.conv(8, THREE).layer(new Reshape(1, 16, 3, 5)).conv(4, THREE));
    for (PlannedStep step : blueprint.steps()) {
      if (step.step().operation() instanceof Reorder reorder && reorder.to().equals(Layout.NHWC)) {
        Shape read = step.step().output();
        boolean ofTheInput = step.step().name().startsWith("image");
        Shape wanted = ofTheInput ? Shape.of(1, 8, 6, 5) : Shape.of(1, 16, 3, 5);
        assertEquals(wanted, read, () -> step.step().name());
      }
    }
  }

  @Test
  void pinningLeavesReordersAlone() {
    Network network =
        Network.builder("net").input("image", Shape.of(1, 8, 6, 5)).conv(4, THREE).build(1);
    try (RemoteDevice device = new RemoteDevice(1, 0)) {
      PlanOptions pinned = PlanOptions.DEFAULT.withOnly("remote-conv-*");
      assertEquals(
          List.of("remote-reorder", "remote-conv-nhwc", "remote-reorder"),
          Planner.blueprint(network, device, pinned).steps().stream()
              .map(step -> step.algorithm().name())
              .toList());
    }
  }
}
