// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.ArrayList;
import java.util.List;

/** How the output channels, as lanes, are split into groups of vectors that tiles hold at once. */
final class VectorGroups {
  /** Below two, loads are more than multiply-adds can hide; more brings nothing. */
  private static final int USUAL = 2;

  private VectorGroups() {}

  /**
   * Some vectors of channels.
   *
   * @param first vector
   * @param vectors how many
   */
  record Group(int first, int vectors) {}

  /** Groups of two, the last of three rather than one alone. */
  static List<Group> of(int channels, Isa isa) {
    int all = Math.ceilDiv(channels, isa.lanes());
    List<Group> groups = new ArrayList<>();
    for (int first = 0; first < all; ) {
      int left = all - first;
      // Three vectors leave AVX2's 16 registers only three rows.
      boolean three = left == USUAL + 1 && isa == Isa.AVX512;
      int vectors = three ? left : Math.min(USUAL, left);
      groups.add(new Group(first, vectors));
      first += vectors;
    }
    return List.copyOf(groups);
  }

  /** Vectors of the widest group. */
  static int widest(List<Group> groups) {
    return groups.stream().mapToInt(Group::vectors).max().orElseThrow();
  }
}
