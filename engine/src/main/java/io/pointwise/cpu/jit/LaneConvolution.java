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
import org.jspecify.annotations.Nullable;

/**
 * Convolution with output channels as lanes and output positions as rows of tiles: reads NCHW or
 * NCHWc, writes NCHWc. Any window; what it must not read beyond the input is copied with its
 * padding first.
 *
 * <p>Positions of one line, a row of the output or, where windows do not overlap, all of an image,
 * are tiles of equal height and one rest. A task takes some tiles through some groups of channels:
 *
 * <pre>
 * for each group of vectors of output channels:
 *   for each line, or part of one, among the task's tiles:
 *     one call of the kernel
 * </pre>
 */
final class LaneConvolution implements CpuStep.Kernel {
  /** Bytes of padded input that are made at a time. */
  private static final long IMAGE_BUDGET = 8 << 20;

  private final Geometry geometry;
  private final @Nullable PaddedCopy padding;
  private final Workers workers;
  private final TaskSplit split;
  private final List<Panel> panels;
  private final boolean residual;

  /**
   * Sizes that follow from the convolution and the layout of its input.
   *
   * @param input as the kernels read it, padding included
   * @param lines runs of positions that are a constant distance apart
   * @param line how a line is split into tiles
   */
  record Geometry(ConvSpec spec, Isa isa, Planes input, int lines, RowSplit line) {
    static Geometry of(ConvSpec spec, int block, Isa isa) {
      Planes input = Planes.of(spec, block).padded(spec.window());
      boolean one = spec.isPointwise();
      int positions = one ? spec.oh() * spec.ow() : spec.ow();
      int vectors = VectorGroups.widest(VectorGroups.of(spec.oc(), isa));
      RowSplit line = RowSplit.of(positions, vectors, isa);
      return new Geometry(spec, isa, input, one ? 1 : spec.oh(), line);
    }

    int tiles() {
      return lines * line.tiles();
    }

    /** Bytes from one output position's source to the next one's. */
    long rowStep() {
      return spec.window().strideW() * input.position();
    }

    /** Bytes from one line's source to the next one's. */
    long lineStep() {
      return spec.window().strideH() * input.row();
    }

    long outputVector() {
      return (long) spec.oh() * spec.ow() * isa.bytes();
    }

    int outputVectors() {
      return Math.ceilDiv(spec.oc(), isa.lanes());
    }

    int imagesAtOnce() {
      return spec.window().hasPadding()
          ? Math.clamp(IMAGE_BUDGET / input.image(), 1, spec.n())
          : spec.n();
    }

    long workspaceBytes() {
      return spec.window().hasPadding() ? imagesAtOnce() * input.image() : 0;
    }

    TileKernel kernel(int rows, VectorGroups.Group group, TileKernel.Finish finish) {
      long vectors = (long) group.vectors() * isa.bytes();
      long output = (long) rows * isa.bytes();
      return new TileKernel(
          isa,
          new TileShape(rows, group.vectors()),
          new TileKernel.Operands(
              rowStep(), isa.bytes(), isa.bytes(), outputVector(), rows * rowStep(), output, 0),
          ConvReduction.of(spec, input, vectors),
          isa.lanes(),
          TileKernel.Start.BIAS_OF_LANES,
          finish);
    }
  }

  /**
   * A group of output channels.
   *
   * @param weights address of its packed weights
   * @param bias address of its biases
   * @param full kernel of full tiles, null if there is none
   * @param rest kernel of a line's last tile, null if it is full
   */
  private record Panel(
      VectorGroups.Group group,
      long weights,
      long bias,
      @Nullable Kernel full,
      @Nullable Kernel rest) {}

  private LaneConvolution(
      Geometry geometry, Workers workers, List<Panel> panels, boolean residual) {
    ConvSpec spec = geometry.spec();
    this.geometry = geometry;
    this.padding =
        spec.window().hasPadding()
            ? new PaddedCopy(Planes.of(spec, geometry.input().block()), spec.window())
            : null;
    this.workers = workers;
    this.panels = panels;
    this.residual = residual;
    this.split =
        TaskSplit.of(
            geometry.tiles(),
            panels.size(),
            geometry.imagesAtOnce(),
            spec.macs() / spec.n(),
            workers.threads());
  }

  /** Packs and generates; what the step holds lives in {@code arena}. */
  static CpuStep prepare(Geometry geometry, Fused fused, Weights weights, Host host, Arena arena)
      throws Posix.Refused {
    TileKernel.Finish finish = fused.finish();
    ConvSpec spec = geometry.spec();
    int lanes = geometry.isa().lanes();
    int channels = geometry.outputVectors() * lanes;
    int[] order = ConvReduction.order(spec, geometry.input());
    PackedWeights packed = new PackedWeights((order.length + 1L) * channels, arena);
    List<VectorGroups.Group> groups = VectorGroups.of(spec.oc(), geometry.isa());
    List<TileKernel> wanted = new ArrayList<>();
    int rest = geometry.line().rest();
    int height = geometry.line().height();
    for (VectorGroups.Group group : groups) {
      wanted.add(geometry.kernel(height, group, finish));
      if (rest > 0) {
        wanted.add(geometry.kernel(rest, group, finish));
      }
    }
    Kernels kernels = Kernels.generate(wanted, arena);
    long biases = packed.addBias(weights, channels);
    List<Panel> panels = new ArrayList<>();
    for (VectorGroups.Group group : groups) {
      int first = group.first() * lanes;
      int width = group.vectors() * lanes;
      int count = Math.min(width, spec.oc() - first);
      panels.add(
          new Panel(
              group,
              packed.add(weights.get(Role.WEIGHT), first, count, width, order),
              biases + (long) first * Float.BYTES,
              kernels.of(geometry.kernel(height, group, finish)),
              rest > 0 ? kernels.of(geometry.kernel(rest, group, finish)) : null));
    }
    LaneConvolution made = new LaneConvolution(geometry, host.workers(), panels, finish.residual());
    return new CpuStep(fused.around(made, host), arena, packed.bytes());
  }

  @Override
  public void run(List<MemorySegment> inputs, MemorySegment output, MemorySegment workspace) {
    ConvSpec spec = geometry.spec();
    MemorySegment input = inputs.getFirst();
    long outputImage = geometry.outputVectors() * geometry.outputVector();
    int atOnce = geometry.imagesAtOnce();
    for (int first = 0; first < spec.n(); first += atOnce) {
      int images = Math.min(atOnce, spec.n() - first);
      long source = input.address();
      if (padding != null) {
        long imageBytes = padding.source().image();
        padding.run(
            input.asSlice(first * imageBytes, images * imageBytes), workspace, images, workers);
        source = workspace.address();
      }
      long from = source;
      long to = output.address() + first * outputImage;
      long add = residual ? inputs.getLast().address() + first * outputImage : 0;
      workers.run(
          images * split.tasks(),
          split.threads(),
          task -> {
            int image = task / split.tasks();
            compute(
                split.part(task % split.tasks()),
                from + image * geometry.input().image(),
                to + image * outputImage,
                add + image * outputImage);
          });
    }
  }

  private void compute(TaskSplit.Part part, long input, long output, long add) {
    RowSplit line = geometry.line();
    for (int g = part.firstGroup(); g < part.endGroup(); g++) {
      Panel panel = panels.get(g);
      long channels = panel.group.first() * geometry.outputVector();
      for (int tile = part.firstTile(); tile < part.endTile(); ) {
        int row = tile / line.tiles();
        int inLine = tile % line.tiles();
        int end = Math.min(line.tiles(), inLine + part.endTile() - tile);
        long position = (long) inLine * line.height();
        long from = input + row * geometry.lineStep() + position * geometry.rowStep();
        long to = channels + ((long) row * line.rows() + position) * geometry.isa().bytes();
        int full = Math.min(end, line.fullTiles()) - inLine;
        if (full > 0 && panel.full != null) {
          panel.full.call(from, panel.weights, output + to, panel.bias, add + to, full);
        }
        if (end > line.fullTiles() && panel.rest != null) {
          long done = Math.max(full, 0) * (long) line.height();
          panel.rest.call(
              from + done * geometry.rowStep(),
              panel.weights,
              output + to + done * geometry.isa().bytes(),
              panel.bias,
              add + to + done * geometry.isa().bytes(),
              1);
        }
        tile += end - inLine;
      }
    }
  }
}
