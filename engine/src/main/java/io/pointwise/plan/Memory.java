// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Device;
import io.pointwise.layer.Constant;
import io.pointwise.network.Network;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Where the activations and workspaces of one run lie in its arena.
 *
 * @param offsets of each storage in bytes, that of one within another included, or {@value #BOUND}
 *     for one that is bound to a caller's tensor, {@value #CONSTANT} for one that holds a constant
 *     and belongs to the plan
 * @param workspaceOffsets of each step's workspace
 * @param arenaBytes size of the arena of one execution context, workspaces included
 * @param boundBytes size of the callers' tensors that a run reads and writes in place
 * @param lowerBoundBytes the least arena that any arrangement needs
 * @param sumBytes all activations of the network as it was built, each with memory of its own: what
 *     a run would need without fusion and reuse
 * @param guardBytes width of the guard band on each side of a storage or workspace; 0 without
 *     guards
 */
public record Memory(
    List<Long> offsets,
    List<Long> workspaceOffsets,
    long arenaBytes,
    long boundBytes,
    long lowerBoundBytes,
    long sumBytes,
    long guardBytes) {
  /** Offset of a storage that has no place in the arena. */
  public static final long BOUND = -1;

  /** Offset of a storage that is not in the arena, as it is the same for all runs. */
  public static final long CONSTANT = -2;

  private static final long GUARD_BYTES = 256;

  public Memory {
    offsets = List.copyOf(offsets);
    workspaceOffsets = List.copyOf(workspaceOffsets);
  }

  /** Peak activation memory of one run: arena and bound tensors. */
  public long peakBytes() {
    return arenaBytes + boundBytes;
  }

  static Memory of(
      Network network,
      Device device,
      boolean guarded,
      StepPlanner planner,
      List<Integer> inputs,
      List<Integer> outputs) {
    List<PlannedStep> steps = planner.steps();
    List<Storage> storages = planner.storages();
    long guard = guarded ? Math.max(GUARD_BYTES, device.alignment()) : 0;
    boolean bind = device.sharesHostMemory() && !guarded;
    Parts parts = planner.parts();
    Lifetimes lifetimes = new Lifetimes(planner, inputs, outputs);
    List<MemoryPlan.Block> blocks = new ArrayList<>();
    Map<Integer, Integer> blockOfStorage = new HashMap<>();
    long bound = 0;
    for (Storage storage : storages) {
      boolean part = parts.root(storage.id()).whole() != storage.id();
      if (part || planner.constants().containsKey(storage.id())) {
        continue;
      }
      if (bind && (inputs.contains(storage.id()) || outputs.contains(storage.id()))) {
        bound += storage.bytes();
      } else {
        blockOfStorage.put(storage.id(), blocks.size());
        long size = align(storage.bytes() + 2 * guard, device);
        blocks.add(new MemoryPlan.Block(size, lifetimes.first(storage), lifetimes.last(storage)));
      }
    }
    int workspaces = blocks.size();
    for (int i = 0; i < steps.size(); i++) {
      long size = align(steps.get(i).choice().workspaceBytes() + 2 * guard, device);
      blocks.add(new MemoryPlan.Block(size, i, i));
    }
    MemoryPlan plan = MemoryPlan.of(blocks);
    List<Long> offsets = new ArrayList<>(Collections.nCopies(storages.size(), BOUND));
    blockOfStorage.forEach((id, block) -> offsets.set(id, plan.offsets().get(block) + guard));
    planner.constants().keySet().forEach(id -> offsets.set(id, CONSTANT));
    for (Storage storage : storages) {
      Parts.Part place = parts.root(storage.id());
      if (place.whole() != storage.id()) {
        offsets.set(storage.id(), offsets.get(place.whole()) + place.offset());
      }
    }
    List<Long> workspaceOffsets =
        plan.offsets().subList(workspaces, blocks.size()).stream().map(o -> o + guard).toList();
    return new Memory(
        offsets,
        workspaceOffsets,
        plan.arenaBytes(),
        bound,
        plan.lowerBound(),
        sum(network),
        guard);
  }

  private static long align(long bytes, Device device) {
    return Math.ceilDiv(bytes, device.alignment()) * device.alignment();
  }

  private static long sum(Network network) {
    LongStream inputs = network.inputs().values().stream().mapToLong(Shape::bytes);
    LongStream layers =
        network.nodes().stream()
            .filter(node -> !(node.layer() instanceof Constant))
            .mapToLong(node -> node.shape().bytes());
    return LongStream.concat(inputs, layers).sum();
  }

  /**
   * First and last step at which each storage must keep its contents; a whole from the first that
   * any of its parts needs to the last.
   */
  private static final class Lifetimes {
    private final int[] first;
    private final int[] last;

    Lifetimes(StepPlanner planner, List<Integer> inputs, List<Integer> outputs) {
      List<PlannedStep> steps = planner.steps();
      int count = planner.storages().size();
      first = new int[count];
      last = new int[count];
      // A whole is written by no step.
      Arrays.fill(first, steps.size());
      for (int i = 0; i < steps.size(); i++) {
        for (int input : steps.get(i).inputs()) {
          last[input] = i;
        }
        first[steps.get(i).output()] = i;
        last[steps.get(i).output()] = i;
      }
      for (int input : inputs) {
        first[input] = 0;
      }
      for (int output : outputs) {
        last[output] = steps.size();
      }
      for (int storage = 0; storage < count; storage++) {
        int whole = planner.parts().root(storage).whole();
        first[whole] = Math.min(first[whole], first[storage]);
        last[whole] = Math.max(last[whole], last[storage]);
      }
    }

    int first(Storage storage) {
      return first[storage.id()];
    }

    int last(Storage storage) {
      return last[storage.id()];
    }
  }
}
