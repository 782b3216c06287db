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
 * Pointwise convolution with output channels as rows of tiles and positions as lanes: NCHW to NCHW,
 * reading the input where it lies. Positions are split into panels of some vectors, the last of
 * them with the lanes that are left; a task takes some panels through some tiles of channels.
 */
final class RowConvolution implements CpuStep.Kernel {
  /** Vectors of a panel. */
  private static final int MOST_VECTORS = 4;

  private static final int UNROLLED = 8;

  private final ConvSpec spec;
  private final Isa isa;
  private final Workers workers;
  private final List<Panel> panels;
  private final TaskSplit split;
  private final Packed packed;
  private final boolean residual;

  /** Some vectors of positions; {@code lastLanes} of the last one are in the image. */
  private record Range(int firstVector, int vectors, int lastLanes) {}

  /** A range with its kernels for the rows of a full tile and of the last one. */
  private record Panel(Range range, Kernel full, Kernel rest) {}

  /** Addresses of the packed weights of each group and of the biases; how channels are split. */
  private record Packed(RowSplit rows, List<Long> weights, long bias) {
    /** Bytes of the weights of a row. */
    long row(ConvSpec spec) {
      return (long) spec.icPerGroup() * Float.BYTES;
    }
  }

  private RowConvolution(
      ConvSpec spec, Host host, List<Panel> panels, Packed packed, boolean residual) {
    this.spec = spec;
    this.isa = host.isa();
    this.workers = host.workers();
    this.panels = panels;
    this.packed = packed;
    this.residual = residual;
    int products = spec.n() * spec.groups();
    this.split =
        TaskSplit.of(
            panels.size(),
            packed.rows().tiles(),
            products,
            spec.macs() / products,
            workers.threads());
  }

  /** Packs and generates; what the step holds lives in {@code arena}. */
  static CpuStep prepare(ConvSpec spec, Fused fused, Weights weights, Host host, Arena arena)
      throws Posix.Refused {
    TileKernel.Finish finish = fused.finish();
    Isa isa = host.isa();
    List<Range> ranges = ranges(spec.oh() * spec.ow(), isa);
    int widest = ranges.stream().mapToInt(Range::vectors).max().orElseThrow();
    RowSplit rows = RowSplit.of(spec.ocPerGroup(), widest, isa);
    int restRows = rows.rest() > 0 ? rows.rest() : rows.height();
    List<TileKernel> wanted = new ArrayList<>();
    for (Range range : ranges) {
      wanted.add(kernel(spec, isa, rows.height(), range, finish));
      wanted.add(kernel(spec, isa, restRows, range, finish));
    }
    Kernels kernels = Kernels.generate(wanted, arena);
    PackedWeights memory =
        new PackedWeights((long) spec.oc() * spec.icPerGroup() + spec.oc(), arena);
    Packed packed = pack(spec, rows, weights, memory);
    List<Panel> panels = new ArrayList<>();
    for (Range range : ranges) {
      panels.add(
          new Panel(
              range,
              kernels.of(kernel(spec, isa, rows.height(), range, finish)),
              kernels.of(kernel(spec, isa, restRows, range, finish))));
    }
    RowConvolution made = new RowConvolution(spec, host, panels, packed, finish.residual());
    return new CpuStep(fused.around(made, host), arena, memory.bytes());
  }

  /** As even as whole vectors allow: narrow panels load more for each product. */
  private static List<Range> ranges(int positions, Isa isa) {
    int vectors = Math.ceilDiv(positions, isa.lanes());
    int most = isa == Isa.AVX512 ? MOST_VECTORS : MOST_VECTORS / 2;
    int count = Math.ceilDiv(vectors, most);
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) vectors * i / count);
      int end = (int) ((long) vectors * (i + 1) / count);
      int lanes = i == count - 1 ? positions - (vectors - 1) * isa.lanes() : isa.lanes();
      ranges.add(new Range(first, end - first, lanes));
    }
    return ranges;
  }

  private static Packed pack(ConvSpec spec, RowSplit rows, Weights weights, PackedWeights memory) {
    int[] order = PackedWeights.inOrder(spec.icPerGroup());
    List<Long> addresses = new ArrayList<>();
    for (int group = 0; group < spec.groups(); group++) {
      for (int tile = 0; tile < rows.tiles(); tile++) {
        int row = tile * rows.height();
        int count = Math.min(rows.height(), rows.rows() - row);
        int channel = group * spec.ocPerGroup() + row;
        long address = memory.add(weights.get(Role.WEIGHT), channel, count, count, order);
        if (tile == 0) {
          addresses.add(address);
        }
      }
    }
    return new Packed(rows, addresses, memory.addBias(weights, spec.oc()));
  }

  private static TileKernel kernel(
      ConvSpec spec, Isa isa, int rows, Range range, TileKernel.Finish finish) {
    long channel = channelBytes(spec);
    long step = (long) rows * Float.BYTES;
    int channels = spec.icPerGroup();
    List<Reduction.Nest> nests = new ArrayList<>();
    if (channels >= UNROLLED) {
      Reduction.Loop loop =
          new Reduction.Loop(channels / UNROLLED, UNROLLED * step, UNROLLED * channel);
      nests.add(new Reduction.Nest(List.of(loop), UNROLLED, step, channel));
    }
    if (channels % UNROLLED > 0) {
      nests.add(new Reduction.Nest(List.of(), channels % UNROLLED, step, channel));
    }
    return new TileKernel(
        isa,
        new TileShape(rows, range.vectors()),
        new TileKernel.Operands(
            Float.BYTES,
            isa.bytes(),
            channel,
            isa.bytes(),
            channels * step,
            rows * channel,
            (long) rows * Float.BYTES),
        new Reduction(nests),
        range.lastLanes(),
        TileKernel.Start.BIAS_OF_ROWS,
        finish);
  }

  private static long channelBytes(ConvSpec spec) {
    return (long) spec.oh() * spec.ow() * Float.BYTES;
  }

  @Override
  public void run(List<MemorySegment> inputs, MemorySegment output, MemorySegment workspace) {
    long input = inputs.getFirst().address();
    long add = residual ? inputs.getLast().address() : 0;
    long to = output.address();
    long channel = channelBytes(spec);
    workers.run(
        spec.n() * spec.groups() * split.tasks(),
        split.threads(),
        task -> {
          int product = task / split.tasks();
          long outputs = (long) product * spec.ocPerGroup() * channel;
          compute(
              split.part(task % split.tasks()),
              product % spec.groups(),
              input + (long) product * spec.icPerGroup() * channel,
              to + outputs,
              add + outputs);
        });
  }

  private void compute(TaskSplit.Part part, int group, long input, long output, long add) {
    RowSplit rows = packed.rows();
    long channel = channelBytes(spec);
    int firstRow = part.firstGroup() * rows.height();
    int full = Math.min(part.endGroup(), rows.fullTiles()) - part.firstGroup();
    long weights = packed.weights().get(group) + firstRow * packed.row(spec);
    long bias = packed.bias() + ((long) group * spec.ocPerGroup() + firstRow) * Float.BYTES;
    for (int p = part.firstTile(); p < part.endTile(); p++) {
      Panel panel = panels.get(p);
      long position = (long) panel.range.firstVector() * isa.bytes();
      long at = position + firstRow * channel;
      if (full > 0) {
        panel.full.call(weights, input + position, output + at, bias, add + at, full);
      }
      if (part.endGroup() > rows.fullTiles()) {
        long done = Math.max(full, 0) * (long) rows.height();
        long below = at + done * channel;
        panel.rest.call(
            weights + done * packed.row(spec),
            input + position,
            output + below,
            bias + done * Float.BYTES,
            add + below,
            1);
      }
    }
  }
}
