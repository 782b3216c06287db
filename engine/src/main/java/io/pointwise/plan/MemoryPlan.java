// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Offsets in one arena for blocks that live at different times.
 *
 * <p>Greedy (Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020):
 * one block after the other, each at the lowest offset where no block that lives at the same time
 * lies. Done in several orders, of which the smallest arena is kept; on the ready networks that
 * reaches the lower bound.
 *
 * @param offsets of each block, in the order given
 * @param arenaBytes size of the arena
 * @param lowerBound the most bytes alive at one time: no plan needs less
 */
record MemoryPlan(List<Long> offsets, long arenaBytes, long lowerBound) {
  /**
   * Something that needs memory from step {@code first} to step {@code last}, both included.
   *
   * @param bytes its size, rounded up by the caller to the alignment
   */
  record Block(long bytes, int first, int last) {
    boolean overlaps(Block other) {
      return first <= other.last && other.first <= last;
    }
  }

  /** By size, by lifetime, by beginning, by size times lifetime: none is best on every network. */
  private static final List<Comparator<Block>> ORDERS =
      List.of(
          Comparator.comparingLong(Block::bytes).reversed(),
          Comparator.comparingInt((Block b) -> b.last() - b.first())
              .thenComparingLong(Block::bytes)
              .reversed(),
          Comparator.comparingInt(Block::first),
          Comparator.comparingLong((Block b) -> -b.bytes() * (1 + b.last() - b.first())));

  static MemoryPlan of(List<Block> blocks) {
    MemoryPlan best = inOrder(blocks, ORDERS.getFirst());
    for (Comparator<Block> order : ORDERS.subList(1, ORDERS.size())) {
      MemoryPlan plan = inOrder(blocks, order);
      best = plan.arenaBytes() < best.arenaBytes() ? plan : best;
    }
    return best;
  }

  private static MemoryPlan inOrder(List<Block> blocks, Comparator<Block> order) {
    List<Integer> ordered = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      ordered.add(i);
    }
    ordered.sort(Comparator.comparing(blocks::get, order));
    Long[] offsets = new Long[blocks.size()];
    List<Integer> placed = new ArrayList<>();
    long end = 0;
    for (int index : ordered) {
      long offset = lowestFree(blocks, offsets, placed, blocks.get(index));
      offsets[index] = offset;
      end = Math.max(end, offset + blocks.get(index).bytes());
      placed.add(index);
      placed.sort(Comparator.comparingLong(i -> offsets[i]));
    }
    return new MemoryPlan(List.of(offsets), end, lowerBound(blocks));
  }

  /** {@code placed} is sorted by offset, so the first gap that is wide enough is the lowest. */
  private static long lowestFree(
      List<Block> blocks, Long[] offsets, List<Integer> placed, Block block) {
    long offset = 0;
    for (int other : placed) {
      if (!blocks.get(other).overlaps(block)) {
        continue;
      }
      if (offsets[other] - offset >= block.bytes()) {
        break;
      }
      offset = Math.max(offset, offsets[other] + blocks.get(other).bytes());
    }
    return offset;
  }

  private static long lowerBound(List<Block> blocks) {
    long most = 0;
    for (Block at : blocks) {
      long alive = 0;
      for (Block block : blocks) {
        if (block.first() <= at.first() && at.first() <= block.last()) {
          alive += block.bytes();
        }
      }
      most = Math.max(most, alive);
    }
    return most;
  }
}
