// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.conformance.Catalogue;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.network.Node;
import io.pointwise.network.Weights;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.PlannedStep;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A blueprint is a pure function: no weight is read, and the same arguments give the same
 * decisions.
 */
final class PurityTest {
  /** What was decided about a step, without the objects that carry it out. */
  private record Decision(
      String step,
      String algorithm,
      Object choice,
      List<Candidate> candidates,
      List<Integer> inputs,
      int output,
      List<String> covers) {
    static Decision of(PlannedStep planned) {
      return new Decision(
          planned.step().toString(),
          planned.algorithm().name(),
          planned.choice(),
          planned.candidates(),
          planned.inputs(),
          planned.output(),
          planned.covers());
    }
  }

  static Set<String> networks() {
    return Networks.names();
  }

  /** The same network with weights that cannot be read. */
  private static Network untouchable(Network network) {
    Network.Graph graph = Network.graph(network.name());
    network.inputs().forEach(graph::input);
    for (Node node : network.nodes()) {
      Weights weights =
          Weights.lazy(
              node.weights().shapes(),
              () -> {
                throw new AssertionError("weights of " + node.name() + " were read");
              });
      graph.add(node.name(), node.layer(), weights, node.inputs());
    }
    return graph.build(network.outputs());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theSameNetworkGivesTheSameBlueprintAndNoWeightIsRead(String name) {
    Blueprint first = Cpu.blueprint(untouchable(Networks.get(name, 1)));
    Blueprint second = Cpu.blueprint(untouchable(Networks.get(name, 1)));
    assertEquals(decisions(first), decisions(second));
    assertEquals(first.storages(), second.storages());
    assertEquals(first.memory(), second.memory());
    assertEquals(first.outputs(), second.outputs());
    assertFalse(first.explain().layers().isEmpty());
  }

  private static List<Decision> decisions(Blueprint blueprint) {
    return blueprint.steps().stream().map(Decision::of).toList();
  }

  @Test
  void everyRefusalHasAReason() {
    Stream<Network> suite =
        Catalogue.families().stream()
            .flatMap(family -> family.cases().stream())
            .map(source -> source.network());
    Stream<Network> ready = networks().stream().map(name -> Networks.get(name, 1));
    Stream.concat(suite, ready)
        .flatMap(network -> Cpu.blueprint(network).steps().stream())
        .forEach(PurityTest::requireReasons);
  }

  private static void requireReasons(PlannedStep step) {
    for (Candidate candidate : step.candidates()) {
      // One that accepts may have a reason, too: why others go first.
      assertTrue(
          candidate.accepts() || !candidate.reason().isBlank(),
          () -> step.step() + ": " + candidate);
    }
    assertEquals(
        1,
        step.candidates().stream()
            .filter(candidate -> candidate.verdict() == Candidate.Verdict.CHOSEN)
            .count());
  }
}
