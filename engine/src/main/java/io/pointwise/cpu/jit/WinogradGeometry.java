// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Winograd;

/**
 * Sizes of a convolution by Winograd's formula: how many tiles are taken at a time, and where their
 * transforms lie. {@code V} is {@code [product][block of ic][tile][lanes]}, {@code M} the same over
 * oc.
 *
 * @param tiles of the convolution
 * @param isa instruction set
 * @param capacity tiles that {@code V} and {@code M} have room for
 * @param fused whether a thread takes some tiles through all stages by itself, with a {@code V} and
 *     an {@code M} of its own; else all threads share each stage
 * @param threads that share the work
 */
record WinogradGeometry(WinogradTiles tiles, Isa isa, int capacity, boolean fused, int threads) {
  /** Bytes of filters that a core keeps in its second-level cache beside tiles. */
  private static final long FILTER_BUDGET = 1200 << 10;

  /** Bytes of {@code V} and {@code M} that a core keeps in its second-level cache. */
  private static final long FUSED_BUDGET = 700 << 10;

  /** Bytes of {@code V} and {@code M} where all threads share them. */
  private static final long SHARED_BUDGET = 8 << 20;

  static WinogradGeometry of(ConvSpec spec, Winograd formula, Isa isa, int available) {
    WinogradTiles tiles = WinogradTiles.of(spec, formula);
    int all = tiles.count();
    long macs = (long) all * formula.products() * spec.ic() * spec.oc();
    // One or all: V and M of a thread are found by its number among all.
    int threads = TaskSplit.worth(macs, available) == 1 ? 1 : available;
    long tileBytes =
        (long) formula.products() * (blocks(spec.ic(), isa) + blocks(spec.oc(), isa)) * isa.bytes();
    int channels = blocks(spec.oc(), isa) * isa.lanes();
    boolean small = WinogradFilters.bytes(spec, formula, channels) <= FILTER_BUDGET;
    boolean fused = small && all >= threads;
    int most = Math.clamp((fused ? FUSED_BUDGET : SHARED_BUDGET) / tileBytes, 1, all);
    int parts = Math.ceilDiv(all, most);
    if (fused) {
      parts = Math.min(all, Math.ceilDiv(parts, threads) * threads);
    }
    return new WinogradGeometry(tiles, isa, Math.ceilDiv(all, parts), fused, threads);
  }

  private static int blocks(int channels, Isa isa) {
    return Math.ceilDiv(channels, isa.lanes());
  }

  ConvSpec spec() {
    return tiles.spec();
  }

  int products() {
    return tiles.formula().products();
  }

  int inputBlocks() {
    return blocks(spec().ic(), isa);
  }

  int outputBlocks() {
    return blocks(spec().oc(), isa);
  }

  /** Parts into which the tiles are split, of {@link #capacity} tiles but the last. */
  int parts() {
    return Math.ceilDiv(tiles.count(), capacity);
  }

  /** Tiles of a part. */
  int size(int part) {
    return Math.min(capacity, tiles.count() - part * capacity);
  }

  /** Bytes from one block to the next in {@code V} and {@code M}. */
  long blockStep() {
    return (long) capacity * isa.bytes();
  }

  /** Bytes from one product to the next in {@code V}. */
  long inputProduct() {
    return inputBlocks() * blockStep();
  }

  /** Bytes from one product to the next in {@code M}. */
  long outputProduct() {
    return outputBlocks() * blockStep();
  }

  /** Bytes of one {@code V} and one {@code M}. */
  long pairBytes() {
    return products() * (inputProduct() + outputProduct());
  }

  long workspaceBytes() {
    return pairBytes() * (fused ? threads : 1);
  }
}
