// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.layer.ConvSpec;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as a blocked GEMM, {@code Y[oc, positions] = W[oc, k] · X[k, positions]}, in NCHW.
 *
 * <p>Row {@code k = (input channel, tap)} of X is a run of the input itself for a pointwise
 * convolution, and of the rearranged input ({@link WindowPlanes}) for any other one; either way it
 * begins at a constant offset, so one loop serves both. A task computes one panel of columns for a
 * chunk of output channels:
 *
 * <pre>
 * for each block of k:                     // keeps the packed panel in the first-level cache
 *   pack the panel, [k][columns]
 *   for each tile of rows: C += W · panel  // registers over the whole block
 * write C through the epilogue
 * </pre>
 *
 * <p>Workspace: the rearranged input of as many images as fit {@link #IMAGE_BUDGET}. Panel and C
 * are scratch of the thread.
 */
final class GemmConvolution implements CpuStep.Kernel {
  /**
   * Bytes of rearranged input that are made at a time, more images being taken one after the other.
   */
  private static final long IMAGE_BUDGET = 4 << 20;

  private final ConvSpec spec;
  private final PackedFilters filters;
  private final float[] bias;
  private final EpilogueWriter writer;
  private final Workers workers;
  private final @Nullable WindowPlanes planes;
  private final long[] rowOffsets;
  private final PanelSplit split;
  private final Geometry geometry;

  GemmConvolution(
      ConvSpec spec,
      Geometry geometry,
      Epilogue epilogue,
      PackedFilters filters,
      float[] bias,
      Workers workers) {
    this.spec = spec;
    this.filters = filters;
    this.bias = bias;
    this.writer = new EpilogueWriter(epilogue);
    this.workers = workers;
    this.geometry = geometry;
    this.planes = geometry.planes();
    this.split = geometry.split();
    this.rowOffsets = rowOffsets();
  }

  /**
   * Sizes that follow from the convolution and the number of threads.
   *
   * @param planes null for a pointwise convolution
   * @param channelFloats from one channel of X to the next
   * @param columns from one output row to the next, in positions
   */
  record Geometry(
      @Nullable WindowPlanes planes,
      int channelFloats,
      int columns,
      PanelSplit split,
      int imagesAtOnce,
      long reduction) {
    static Geometry of(ConvSpec spec, int threads) {
      WindowPlanes planes =
          spec.isPointwise()
              ? null
              : new WindowPlanes(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow());
      return of(spec, planes, threads);
    }

    /** For an input that is rearranged by {@code planes}. */
    static Geometry of(ConvSpec spec, @Nullable WindowPlanes planes, int threads) {
      int columns = planes == null ? spec.ow() : planes.columns();
      int channelFloats = planes == null ? spec.ih() * spec.iw() : planes.channelFloats();
      int positions = (spec.oh() - 1) * columns + spec.ow();
      long imageBytes = (long) channelFloats * spec.ic() * Float.BYTES;
      int images = planes == null ? spec.n() : Math.clamp(IMAGE_BUDGET / imageBytes, 1, spec.n());
      PanelSplit split =
          PanelSplit.of(positions, spec.ocPerGroup(), (long) images * spec.groups(), threads);
      return new Geometry(planes, channelFloats, columns, split, images, spec.reduction());
    }

    long workspaceBytes(ConvSpec spec) {
      long floats = (long) channelFloats * spec.ic() * imagesAtOnce + WindowPlanes.slackFloats();
      return planes == null ? 0 : Lanes.roundUp(floats) * Float.BYTES;
    }

    int panelFloats() {
      return (int) Math.min(reduction, PackedFilters.BLOCK) * GemmTiles.MOST_VECTORS * Lanes.LENGTH;
    }

    int sumFloats() {
      return split.rowChunk() * GemmTiles.MOST_VECTORS * Lanes.LENGTH;
    }
  }

  private long[] rowOffsets() {
    int taps = Math.toIntExact(spec.window().taps());
    long[] offsets = new long[Math.toIntExact(spec.reduction())];
    for (int row = 0; row < offsets.length; row++) {
      long tap = planes == null ? 0 : planes.tapOffset(row % taps);
      offsets[row] = ((long) (row / taps) * geometry.channelFloats() + tap) * Float.BYTES;
    }
    return offsets;
  }

  @Override
  public void run(List<MemorySegment> inputs, MemorySegment output, MemorySegment workspace) {
    MemorySegment residual = inputs.getLast();
    for (int first = 0; first < spec.n(); first += geometry.imagesAtOnce()) {
      int images = Math.min(geometry.imagesAtOnce(), spec.n() - first);
      MemorySegment source = rearrange(inputs.getFirst(), first, images, workspace);
      int firstImage = first;
      int perImage = spec.groups() * split.chunks() * split.panels();
      workers.run(
          images * perImage,
          task -> {
            int image = task / perImage;
            Task at = Task.of(task % perImage, split);
            long base =
                (long) (planes == null ? firstImage + image : image)
                    * spec.ic()
                    * geometry.channelFloats();
            compute(at, source, base, firstImage + image, new Output(output, residual));
          });
    }
  }

  /** The images as X: themselves, or rearranged in the workspace. */
  private MemorySegment rearrange(
      MemorySegment input, int first, int images, MemorySegment workspace) {
    WindowPlanes rearranged = planes;
    if (rearranged == null) {
      return input;
    }
    long channelBytes = (long) rearranged.sourceFloats() * Float.BYTES;
    long from = (long) first * spec.ic() * channelBytes;
    workers.run(
        images * spec.ic(),
        channel ->
            rearranged.fill(
                input,
                from + channel * channelBytes,
                workspace,
                (long) channel * geometry.channelFloats() * Float.BYTES,
                0));
    return workspace;
  }

  private record Output(MemorySegment memory, MemorySegment residual) {}

  /**
   * One unit of work.
   *
   * @param group channel group
   * @param chunk of rows
   * @param panel of columns
   */
  private record Task(int group, int chunk, int panel) {
    static Task of(int number, PanelSplit split) {
      int panel = number % split.panels();
      int rest = number / split.panels();
      return new Task(rest / split.chunks(), rest % split.chunks(), panel);
    }
  }

  private void compute(Task task, MemorySegment source, long sourceBase, int image, Output output) {
    int firstVector = split.firstVector(task.panel());
    GemmTile tile = GemmTiles.ofWidth(split.firstVector(task.panel() + 1) - firstVector);
    int from = firstVector * Lanes.LENGTH;
    int to = Math.min(split.positions(), from + tile.vectors() * Lanes.LENGTH);
    long base =
        (sourceBase + (long) task.group() * spec.icPerGroup() * geometry.channelFloats() + from)
            * Float.BYTES;
    int firstRow = task.chunk() * split.rowChunk();
    int rows = Math.min(split.rowChunk(), spec.ocPerGroup() - firstRow);
    Scratch scratch = Scratch.of(geometry.panelFloats(), geometry.sumFloats());
    multiply(task.group(), firstRow, rows, tile, source, base, readable(to - from, tile), scratch);

    int channel = task.group() * spec.ocPerGroup() + firstRow;
    long channelBytes = (long) spec.oh() * spec.ow() * Float.BYTES;
    long offset = ((long) image * spec.oc() + channel) * channelBytes;
    writer.write(
        scratch.sums(),
        tile.vectors() * Lanes.LENGTH,
        rows,
        OutputRuns.of(from, to, geometry.columns(), spec.ow()),
        bias,
        channel,
        new EpilogueWriter.Target(output.memory(), output.residual(), offset, channelBytes));
  }

  /**
   * Lanes of a panel's last vector that may be read: all in the workspace, which has slack, else
   * those of the image.
   */
  private VectorMask<Float> readable(int positions, GemmTile tile) {
    return planes != null
        ? Lanes.first(Lanes.LENGTH)
        : Lanes.first(positions - (tile.vectors() - 1L) * Lanes.LENGTH);
  }

  private void multiply(
      int group,
      int firstRow,
      int rows,
      GemmTile tile,
      MemorySegment source,
      long base,
      VectorMask<Float> last,
      Scratch scratch) {
    int tileFloats = tile.rows() * tile.vectors() * Lanes.LENGTH;
    int tiles = Math.ceilDiv(rows, tile.rows());
    PanelPacker packer = new PanelPacker(source, base, rowOffsets, scratch.panel());
    Arrays.fill(scratch.sums(), 0, tiles * tileFloats, 0);
    for (int start = 0; start < rowOffsets.length; start += PackedFilters.BLOCK) {
      int end = Math.min(start + PackedFilters.BLOCK, rowOffsets.length);
      packer.pack(start, end, tile.vectors(), last);
      for (int i = 0; i < tiles; i++) {
        int weights = filters.tile(group, start, firstRow + i * tile.rows());
        tile.accumulate(
            filters.values(),
            weights,
            scratch.panel(),
            scratch.sums(),
            i * tileFloats,
            end - start);
      }
    }
  }
}
