// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.network.Networks;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a concatenation joins is written where it is to lie, where that can be. */
class ConcatInPlaceTest {
  private static final Shape IMAGE = Shape.of(1, 8, 8, 8);

  private static Network network(Shape input, UnaryOperator<NetworkBuilder> layers) {
    return layers.apply(Network.builder("joined").input("x", input)).build(3);
  }

  private static UnaryOperator<NetworkBuilder> branches(UnaryOperator<NetworkBuilder> tail) {
    return builder ->
        tail.apply(
            builder.branches(
                a -> a.pointwise(4).relu(), b -> b.conv(6, Window.square(3).padSame())));
  }

  private static long copies(Blueprint blueprint) {
    return blueprint.steps().stream()
        .filter(step -> step.step().operation() instanceof Concat)
        .count();
  }

  /** Runs it twice, the second time over what the first left behind, and compares. */
  private static Blueprint requireRight(Network network, PlanOptions options) {
    SplittableRandom random = new SplittableRandom(5);
    List<Tensor> inputs = new ArrayList<>();
    for (Shape shape : network.inputs().values()) {
      Tensor input = Tensor.zeros(shape);
      for (long i = 0; i < shape.elements(); i++) {
        input.set(i, random.nextFloat() - 0.5f);
      }
      inputs.add(input);
    }
    try (Device cpu =
            Devices.installed()
                .open(new DevicePolicy.Require("cpu"), DeviceOptions.DEFAULT)
                .device();
        Plan plan = Planner.plan(network, cpu, options)) {
      plan.run(inputs);
      List<Tensor> outputs = plan.run(inputs);
      for (int i = 0; i < outputs.size(); i++) {
        Comparison comparison =
            Comparison.of(outputs.get(i), Reference.run(network, inputs).get(i));
        assertTrue(comparison.ok(), comparison::describe);
      }
      return plan.blueprint();
    }
  }

  @Test
  void branchesOfOneImageAreJoinedWithoutACopy() {
    Blueprint blueprint =
        requireRight(network(IMAGE, branches(b -> b.pointwise(3))), PlanOptions.DEFAULT);
    assertEquals(0, copies(blueprint));
    assertTrue(
        blueprint.explain().layers().stream()
            .anyMatch(layer -> layer.note().equals("in place, no copy")));
  }

  @Test
  void joinedBranchesMayBeJoinedAgain() {
    Blueprint blueprint =
        requireRight(
            network(
                IMAGE, b -> b.branches(branches(c -> c), c -> c.pointwise(2)).relu().pointwise(3)),
            PlanOptions.DEFAULT);
    assertEquals(0, copies(blueprint));
  }

  @Test
  void severalImagesAreCopied() {
    Shape two = Shape.of(2, 8, 8, 8);
    assertEquals(
        1, copies(requireRight(network(two, branches(b -> b.pointwise(3))), PlanOptions.DEFAULT)));
  }

  @Test
  void whatTheCallerGetsIsCopied() {
    assertEquals(1, copies(requireRight(network(IMAGE, branches(b -> b)), PlanOptions.DEFAULT)));
  }

  @Test
  void whatTheCallerGaveIsCopied() {
    Network network =
        network(IMAGE, b -> b.branches(a -> a.dropout(0.5f), c -> c.pointwise(2)).pointwise(3));
    assertEquals(1, copies(requireRight(network, PlanOptions.DEFAULT)));
  }

  @Test
  void partsThatWouldNotBeAlignedAreCopied() {
    Network network =
        network(
            Shape.of(1, 8, 3, 3),
            b -> b.branches(a -> a.pointwise(1), c -> c.pointwise(2)).pointwise(3));
    assertEquals(1, copies(requireRight(network, PlanOptions.DEFAULT)));
  }

  @Test
  void guardedStoragesStayApart() {
    PlanOptions guarded = PlanOptions.DEFAULT.withGuarded(true);
    assertEquals(1, copies(requireRight(network(IMAGE, branches(b -> b.pointwise(3))), guarded)));
  }

  @Test
  void aViewOfTheJoinedMayBeTheOutput() {
    requireRight(network(IMAGE, branches(NetworkBuilder::flatten)), PlanOptions.DEFAULT);
  }

  @Test
  void googLeNetCopiesNothing() {
    assertEquals(0, copies(Cpu.blueprint(Networks.get("googlenet", 1))));
  }
}
