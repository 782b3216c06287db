// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolution by Winograd's formula in three stages, NCHWc to NCHWc, channels being the lanes of
 * all of them:
 *
 * <pre>
 * V[p][ic][tile] = Bᵀ d B                          // WinogradInput
 * M[p][oc][tile] = Σ over ic: U[p][oc][ic] · V     // TileKernel, one product p after the other
 * Y = Aᵀ M A, bias and the rest                    // WinogradOutput
 * </pre>
 *
 * <p>With few filters each thread takes some tiles through all stages, so that V and M stay in its
 * cache; with many of them, which each part of the tiles would have to read again, the threads
 * share each stage of one large part.
 */
final class WinogradConvolution implements CpuStep.Kernel {
  private final WinogradGeometry geometry;
  private final WinogradTiles tiles;
  private final Workers workers;
  private final WinogradFilters filters;
  private final List<Panel> panels;
  private final List<List<Edge>> edges;
  private final RowSplit fullRows;
  private final RowSplit lastRows;
  private final TaskSplit multiplySplit;
  private final boolean residual;
  private final long bias;

  /** The kernels of a tile, by its row and column of tiles. */
  private record Edge(Kernel input, Kernel output) {}

  /** A group of output channels with the kernels for the heights of tiles of rows. */
  private record Panel(VectorGroups.Group group, Heights full, Heights last) {}

  /** Kernels of the full tiles of a {@link RowSplit} and of its last one. */
  private record Heights(Kernel full, Kernel rest) {}

  private WinogradConvolution(
      WinogradGeometry geometry,
      Workers workers,
      WinogradFilters filters,
      List<Panel> panels,
      List<List<Edge>> edges,
      long bias,
      boolean residual) {
    this.geometry = geometry;
    this.tiles = geometry.tiles();
    this.workers = workers;
    this.filters = filters;
    this.panels = panels;
    this.edges = edges;
    this.fullRows = rows(geometry, geometry.capacity());
    this.lastRows = rows(geometry, geometry.size(geometry.parts() - 1));
    ConvSpec spec = geometry.spec();
    long macs = (long) geometry.products() * geometry.capacity() * spec.ic() * spec.oc();
    this.multiplySplit =
        TaskSplit.of(geometry.products(), panels.size(), 1, macs, workers.threads());
    this.bias = bias;
    this.residual = residual;
  }

  private static List<VectorGroups.Group> groups(WinogradGeometry geometry) {
    return VectorGroups.of(geometry.spec().oc(), geometry.isa());
  }

  private static RowSplit rows(WinogradGeometry geometry, int tiles) {
    return RowSplit.of(tiles, VectorGroups.widest(groups(geometry)), geometry.isa());
  }

  /** Transforms filters and generates; what the step holds lives in {@code arena}. */
  static CpuStep prepare(
      WinogradGeometry geometry, Fused fused, Weights weights, Host host, Arena arena)
      throws Posix.Refused {
    ConvSpec spec = geometry.spec();
    WinogradTiles tiles = geometry.tiles();
    List<VectorGroups.Group> groups = groups(geometry);
    List<Generator> wanted = new ArrayList<>();
    List<RowSplit> splits =
        List.of(
            rows(geometry, geometry.capacity()),
            rows(geometry, geometry.size(geometry.parts() - 1)));
    for (VectorGroups.Group group : groups) {
      for (RowSplit split : splits) {
        wanted.add(multiply(geometry, group, split.height()));
        wanted.add(multiply(geometry, group, last(split)));
      }
    }
    for (int row = 0; row < tiles.rows(); row++) {
      for (int column = 0; column < tiles.columns(); column++) {
        wanted.add(input(geometry, row, column));
        wanted.add(output(geometry, row, column, fused.finish()));
      }
    }
    Kernels kernels = Kernels.generate(wanted, arena);
    List<Panel> panels = new ArrayList<>();
    for (VectorGroups.Group group : groups) {
      panels.add(
          new Panel(
              group,
              heights(kernels, geometry, group, splits.getFirst()),
              heights(kernels, geometry, group, splits.getLast())));
    }
    List<List<Edge>> edges = new ArrayList<>();
    for (int row = 0; row < tiles.rows(); row++) {
      List<Edge> ofRow = new ArrayList<>();
      for (int column = 0; column < tiles.columns(); column++) {
        ofRow.add(
            new Edge(
                kernels.of(input(geometry, row, column)),
                kernels.of(output(geometry, row, column, fused.finish()))));
      }
      edges.add(ofRow);
    }
    WinogradFilters filters =
        WinogradFilters.pack(spec, tiles.formula(), groups, host, weights.get(Role.WEIGHT), arena);
    int channels = geometry.outputBlocks() * geometry.isa().lanes();
    PackedWeights biases = new PackedWeights(channels, arena);
    WinogradConvolution made =
        new WinogradConvolution(
            geometry,
            host.workers(),
            filters,
            panels,
            edges,
            biases.addBias(weights, channels),
            fused.finish().residual());
    return new CpuStep(fused.around(made, host), arena, filters.bytes() + biases.bytes());
  }

  private static Heights heights(
      Kernels kernels, WinogradGeometry geometry, VectorGroups.Group group, RowSplit split) {
    return new Heights(
        kernels.of(multiply(geometry, group, split.height())),
        kernels.of(multiply(geometry, group, last(split))));
  }

  private static int last(RowSplit split) {
    return split.rest() > 0 ? split.rest() : split.height();
  }

  private static TileKernel multiply(
      WinogradGeometry geometry, VectorGroups.Group group, int rows) {
    Isa isa = geometry.isa();
    ConvSpec product =
        ConvSpec.pointwise(1, geometry.spec().ic(), 1, geometry.capacity(), geometry.spec().oc());
    long step = (long) rows * isa.bytes();
    return new TileKernel(
        isa,
        new TileShape(rows, group.vectors()),
        new TileKernel.Operands(
            isa.bytes(), isa.bytes(), isa.bytes(), geometry.blockStep(), step, step, 0),
        ConvReduction.of(
            product, Planes.of(product, isa.lanes()), (long) group.vectors() * isa.bytes()),
        isa.lanes(),
        TileKernel.Start.ZERO,
        TileKernel.Finish.NONE);
  }

  private static WinogradInput input(WinogradGeometry geometry, int row, int column) {
    ConvSpec spec = geometry.spec();
    Isa isa = geometry.isa();
    return new WinogradInput(
        isa,
        geometry.tiles().formula(),
        geometry.tiles().inputRows(row),
        geometry.tiles().inputColumns(column),
        (long) spec.iw() * isa.bytes(),
        (long) spec.ih() * spec.iw() * isa.bytes(),
        geometry.inputProduct(),
        geometry.blockStep());
  }

  private static WinogradOutput output(
      WinogradGeometry geometry, int row, int column, TileKernel.Finish finish) {
    ConvSpec spec = geometry.spec();
    Isa isa = geometry.isa();
    return new WinogradOutput(
        isa,
        geometry.tiles().formula(),
        geometry.tiles().outputRows(row),
        geometry.tiles().outputColumns(column),
        (long) spec.ow() * isa.bytes(),
        (long) spec.oh() * spec.ow() * isa.bytes(),
        geometry.outputProduct(),
        geometry.blockStep(),
        finish);
  }

  /** Where a run's operands and a part's V and M are. */
  private record At(long input, long output, long residual, long v, long m) {}

  @Override
  public void run(List<MemorySegment> inputs, MemorySegment output, MemorySegment workspace) {
    long input = inputs.getFirst().address();
    long add = residual ? inputs.getLast().address() : 0;
    long m = geometry.products() * geometry.inputProduct();
    if (geometry.fused()) {
      workers.run(
          geometry.parts(),
          geometry.threads(),
          (part, worker) -> {
            long v = workspace.address() + worker * geometry.pairBytes();
            At at = new At(input, output.address(), add, v, v + m);
            int first = part * geometry.capacity();
            int size = geometry.size(part);
            transformInput(at, first, 0, size);
            for (int product = 0; product < geometry.products(); product++) {
              multiply(at, size, product, 0, panels.size());
            }
            transformOutput(at, first, 0, size);
          });
      return;
    }
    long v = workspace.address();
    At at = new At(input, output.address(), add, v, v + m);
    for (int part = 0; part < geometry.parts(); part++) {
      int first = part * geometry.capacity();
      int size = geometry.size(part);
      int threads = multiplySplit.threads();
      int tasks = threads == 1 ? 1 : Math.min(size, 4 * threads);
      workers.run(
          tasks,
          threads,
          task -> transformInput(at, first, size * task / tasks, size * (task + 1) / tasks));
      workers.run(
          multiplySplit.tasks(),
          threads,
          task -> {
            TaskSplit.Part share = multiplySplit.part(task);
            for (int product = share.firstTile(); product < share.endTile(); product++) {
              multiply(at, size, product, share.firstGroup(), share.endGroup());
            }
          });
      workers.run(
          tasks,
          threads,
          task -> transformOutput(at, first, size * task / tasks, size * (task + 1) / tasks));
    }
  }

  /** Tiles {@code from} to {@code to} of the part that begins at tile {@code first}. */
  private void transformInput(At at, int first, int from, int to) {
    ConvSpec spec = geometry.spec();
    long bytes = geometry.isa().bytes();
    long image = geometry.inputBlocks() * (long) spec.ih() * spec.iw() * bytes;
    for (int i = from; i < to; i++) {
      int tile = (first + i) % tiles.perImage();
      int row = tile / tiles.columns();
      int column = tile % tiles.columns();
      long place = (long) tiles.inputRow(row) * spec.iw() + tiles.inputColumn(column);
      long source = at.input + (first + i) / tiles.perImage() * image + place * bytes;
      Kernel kernel = edges.get(row).get(column).input;
      kernel.call(source, at.v + i * bytes, 0, 0, 0, geometry.inputBlocks());
    }
  }

  private void multiply(At at, int size, int product, int firstGroup, int endGroup) {
    long bytes = geometry.isa().bytes();
    boolean full = size == geometry.capacity();
    RowSplit rows = full ? fullRows : lastRows;
    long v = at.v + product * geometry.inputProduct();
    long done = (long) rows.fullTiles() * rows.height() * bytes;
    for (int g = firstGroup; g < endGroup; g++) {
      Panel panel = panels.get(g);
      Heights heights = full ? panel.full : panel.last;
      long u = filters.address(product, panel.group);
      long m =
          at.m + product * geometry.outputProduct() + panel.group.first() * geometry.blockStep();
      heights.full.call(v, u, m, 0, 0, rows.fullTiles());
      if (rows.rest() > 0) {
        heights.rest.call(v + done, u, m + done, 0, 0, 1);
      }
    }
  }

  private void transformOutput(At at, int first, int from, int to) {
    ConvSpec spec = geometry.spec();
    long bytes = geometry.isa().bytes();
    long image = geometry.outputBlocks() * (long) spec.oh() * spec.ow() * bytes;
    int step = tiles.formula().outputTile();
    for (int i = from; i < to; i++) {
      int tile = (first + i) % tiles.perImage();
      int row = tile / tiles.columns();
      int column = tile % tiles.columns();
      long place = ((long) row * spec.ow() + column) * step;
      long offset = (first + i) / tiles.perImage() * image + place * bytes;
      Kernel kernel = edges.get(row).get(column).output;
      kernel.call(
          at.m + i * bytes,
          0,
          at.output + offset,
          bias,
          at.residual + offset,
          geometry.outputBlocks());
    }
  }
}
