// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear layer with images as rows of tiles and outputs as lanes. Few images have few sums in
 * each vector of outputs, so groups of outputs are wide then: it is the weights that are waited
 * for, and each is read once for as many images as a tile has.
 */
final class LinearProduct implements CpuStep.Kernel {
  private static final int UNROLLED = 8;

  private final Sizes sizes;
  private final Workers workers;
  private final RowSplit rows;
  private final List<Panel> panels;
  private final boolean residual;
  private final long vectorBytes;
  private final int threads;

  /**
   * @param n images
   * @param in features
   * @param out outputs
   */
  record Sizes(int n, int in, int out) {}

  /** Some vectors of outputs; {@code lastLanes} of the last one exist. */
  private record Group(int first, int vectors, int lastLanes) {}

  /**
   * A group ready to compute.
   *
   * @param weights address of its packed weights
   * @param bias address of its biases
   */
  private record Panel(Group group, long weights, long bias, Kernel full, Kernel rest) {}

  private LinearProduct(
      Sizes sizes, Host host, RowSplit rows, List<Panel> panels, boolean residual) {
    this.sizes = sizes;
    this.workers = host.workers();
    this.vectorBytes = host.isa().bytes();
    this.threads =
        TaskSplit.worth((long) sizes.n() * sizes.in() * sizes.out(), host.workers().threads());
    this.rows = rows;
    this.panels = panels;
    this.residual = residual;
  }

  /** Packs and generates; what the step holds lives in {@code arena}. */
  static CpuStep prepare(Sizes sizes, Fused fused, Weights weights, Host host, Arena arena)
      throws Posix.Refused {
    Isa isa = host.isa();
    int lanes = isa.lanes();
    List<Group> groups = groups(sizes, isa);
    RowSplit rows = RowSplit.of(sizes.n(), groups.getFirst().vectors(), isa);
    int rest = rows.rest() > 0 ? rows.rest() : rows.height();
    List<TileKernel> wanted = new ArrayList<>();
    for (Group group : groups) {
      wanted.add(kernel(sizes, isa, rows.height(), group, fused.finish()));
      wanted.add(kernel(sizes, isa, rest, group, fused.finish()));
    }
    Kernels kernels = Kernels.generate(wanted, arena);
    int[] order = PackedWeights.inOrder(sizes.in());
    int padded = Math.ceilDiv(sizes.out(), lanes) * lanes;
    PackedWeights packed = new PackedWeights((sizes.in() + 1L) * padded, arena);
    long biases = packed.addBias(weights, padded);
    List<Panel> panels = new ArrayList<>();
    for (Group group : groups) {
      int first = group.first() * lanes;
      int width = group.vectors() * lanes;
      int count = Math.min(width, sizes.out() - first);
      panels.add(
          new Panel(
              group,
              packed.add(weights.get(Role.WEIGHT), first, count, width, order),
              biases + (long) first * Float.BYTES,
              kernels.of(kernel(sizes, isa, rows.height(), group, fused.finish())),
              kernels.of(kernel(sizes, isa, rest, group, fused.finish()))));
    }
    LinearProduct made = new LinearProduct(sizes, host, rows, panels, fused.finish().residual());
    return new CpuStep(fused.around(made, host), arena, packed.bytes());
  }

  /** As even as whole vectors allow. */
  private static List<Group> groups(Sizes sizes, Isa isa) {
    int vectors = Math.ceilDiv(sizes.out(), isa.lanes());
    int most = sizes.n() >= 4 ? 2 : isa == Isa.AVX512 ? 8 : 4;
    int count = Math.ceilDiv(vectors, most);
    List<Group> groups = new ArrayList<>();
    for (int i = count - 1; i >= 0; i--) {
      int first = (int) ((long) vectors * i / count);
      int end = (int) ((long) vectors * (i + 1) / count);
      boolean last = i == count - 1;
      int lanes = last ? sizes.out() - (vectors - 1) * isa.lanes() : isa.lanes();
      groups.add(new Group(first, end - first, lanes));
    }
    return groups;
  }

  private static TileKernel kernel(
      Sizes sizes, Isa isa, int rows, Group group, TileKernel.Finish finish) {
    long row = (long) sizes.in() * Float.BYTES;
    long outputRow = (long) sizes.out() * Float.BYTES;
    long vectors = (long) group.vectors() * isa.bytes();
    List<Reduction.Nest> nests = new ArrayList<>();
    if (sizes.in() >= UNROLLED) {
      Reduction.Loop loop =
          new Reduction.Loop(
              sizes.in() / UNROLLED, (long) UNROLLED * Float.BYTES, UNROLLED * vectors);
      nests.add(new Reduction.Nest(List.of(loop), UNROLLED, Float.BYTES, vectors));
    }
    if (sizes.in() % UNROLLED > 0) {
      nests.add(new Reduction.Nest(List.of(), sizes.in() % UNROLLED, Float.BYTES, vectors));
    }
    return new TileKernel(
        isa,
        new TileShape(rows, group.vectors()),
        new TileKernel.Operands(
            row, isa.bytes(), outputRow, isa.bytes(), rows * row, rows * outputRow, 0),
        new Reduction(nests),
        group.lastLanes(),
        TileKernel.Start.BIAS_OF_LANES,
        finish);
  }

  @Override
  public void run(List<MemorySegment> inputs, MemorySegment output, MemorySegment workspace) {
    long input = inputs.getFirst().address();
    long to = output.address();
    long add = residual ? inputs.getLast().address() : 0;
    workers.run(panels.size(), threads, task -> compute(panels.get(task), input, to, add));
  }

  private void compute(Panel panel, long input, long output, long add) {
    long at = panel.group.first() * vectorBytes;
    panel.full.call(input, panel.weights, output + at, panel.bias, add + at, rows.fullTiles());
    if (rows.rest() > 0) {
      long done = (long) rows.fullTiles() * rows.height();
      long below = at + done * sizes.out() * Float.BYTES;
      panel.rest.call(
          input + done * sizes.in() * Float.BYTES,
          panel.weights,
          output + below,
          panel.bias,
          add + below,
          1);
    }
  }
}
