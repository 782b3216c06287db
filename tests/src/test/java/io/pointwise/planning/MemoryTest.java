// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.conformance.Catalogue;
import io.pointwise.layer.Concat;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.network.Node;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Memory;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrangement of activations in the arena, checked by looking at every pair. */
final class MemoryTest {
  /**
   * Bytes from {@code from} to {@code to} (exclusive), needed from step {@code first} to {@code
   * last} (inclusive).
   */
  private record Place(String name, long from, long to, int first, int last) {
    boolean clashes(Place other) {
      boolean sameTime = first <= other.last && other.first <= last;
      return sameTime && from < other.to && other.from < to;
    }
  }

  static Set<String> networks() {
    return Networks.names();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void readyNetworksHaveNoClashes(String name) {
    Network network = Networks.get(name, 1);
    requireApart(Cpu.blueprint(network));
    requireApart(Cpu.blueprint(network, PlanOptions.DEFAULT.withGuarded(true)));
  }

  @Test
  void noCaseOfTheSuiteHasClashes() {
    Catalogue.families().stream()
        .flatMap(family -> family.cases().stream())
        .map(source -> Cpu.blueprint(source.network(), PlanOptions.DEFAULT.withGuarded(true)))
        .forEach(MemoryTest::requireApart);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theArenaIsHardlyLargerThanItMustBe(String name) {
    Memory memory = Cpu.blueprint(Networks.get(name, 1)).memory();
    assertTrue(memory.arenaBytes() >= memory.lowerBoundBytes(), memory::toString);
    assertTrue(memory.arenaBytes() <= 1.2 * memory.lowerBoundBytes(), memory::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"googlenet", "resnet50", "mobilenet"})
  void activationsShareMemory(String name) {
    Memory memory = Cpu.blueprint(Networks.get(name, 1)).memory();
    assertTrue(
        // The peak has a step's workspace, too: the transforms of Winograd's formula.
        memory.peakBytes() < memory.sumBytes() / 3,
        () -> "peak " + memory.peakBytes() + " of " + memory.sumBytes());
  }

  private static void requireApart(Blueprint blueprint) {
    List<Place> places = places(blueprint);
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      assertTrue(
          place.from() >= 0 && place.to() <= blueprint.memory().arenaBytes(),
          () -> place + " is outside the arena");
      for (Place other : places.subList(0, i)) {
        assertTrue(
            !place.clashes(other),
            () -> blueprint.network() + ": " + place + " lies over " + other);
      }
    }
  }

  /**
   * Finds them, and lets their parts last as long as they do. A value may be held in several
   * layouts; a whole is the one of them that no step writes, and its parts are in its layout.
   */
  private static Set<Integer> wholes(Blueprint blueprint, int[] last) {
    Map<String, List<Storage>> held =
        blueprint.storages().stream().collect(Collectors.groupingBy(Storage::name));
    Set<Integer> written =
        blueprint.steps().stream().map(PlannedStep::output).collect(Collectors.toSet());
    Set<Integer> wholes = new HashSet<>();
    for (Node node : blueprint.network().nodes().reversed()) {
      if (!(node.layer() instanceof Concat)) {
        continue;
      }
      for (Storage whole : held.getOrDefault(node.name(), List.of())) {
        if (written.contains(whole.id())) {
          continue;
        }
        wholes.add(whole.id());
        for (String input : node.inputs()) {
          int part =
              held.getOrDefault(input, List.of()).stream()
                  .filter(storage -> storage.layout().equals(whole.layout()))
                  .findFirst()
                  .orElseThrow()
                  .id();
          last[part] = Math.max(last[part], last[whole.id()]);
        }
      }
    }
    return wholes;
  }

  /**
   * Storages from the step that writes them to the last that reads them; inputs from the start,
   * outputs to the end. What a concatenation joins in place lasts as long as what it makes of it,
   * which is no place of its own.
   */
  private static List<Place> places(Blueprint blueprint) {
    int steps = blueprint.steps().size();
    int[] first = new int[blueprint.storages().size()];
    int[] last = new int[blueprint.storages().size()];
    for (int step = 0; step < steps; step++) {
      int written = blueprint.steps().get(step).output();
      first[written] = step;
      last[written] = step;
      for (int read : blueprint.steps().get(step).inputs()) {
        last[read] = step;
      }
    }
    blueprint.outputs().forEach(output -> last[output] = steps);
    blueprint.inputs().forEach(input -> first[input] = -1);
    Set<Integer> wholes = wholes(blueprint, last);
    List<Place> places = new ArrayList<>();
    long guard = blueprint.memory().guardBytes();
    for (int id = 0; id < first.length; id++) {
      long offset = blueprint.memory().offsets().get(id);
      long bytes = blueprint.storages().get(id).bytes();
      boolean own = offset != Memory.BOUND && offset != Memory.CONSTANT;
      if (own && !wholes.contains(id)) {
        String name = blueprint.storages().get(id).name();
        places.add(new Place(name, offset - guard, offset + bytes + guard, first[id], last[id]));
      }
    }
    for (int step = 0; step < steps; step++) {
      long offset = blueprint.memory().workspaceOffsets().get(step);
      long bytes = blueprint.steps().get(step).choice().workspaceBytes();
      String name = "workspace of step " + step;
      places.add(new Place(name, offset - guard, offset + bytes + guard, step, step));
    }
    return places;
  }
}
