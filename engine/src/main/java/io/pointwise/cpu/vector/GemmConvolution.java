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
 * begins at a constant offset, so one loop serves both. A task computes some panels of columns for
 * a chunk of output channels:
 *
 * <pre>
 * for each block of k:                     // keeps a packed panel in the first-level cache
 *   pack the panels, [k][columns]
 *   for each tile of rows and each panel:
 *     C += W · panel                     // registers over the whole block
 *     after the last block: write the tile before this one through the epilogue
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
          PanelSplit.of(
              positions,
              spec.ocPerGroup(),
              spec.reduction(),
              (long) images * spec.groups(),
              threads);
      return new Geometry(planes, channelFloats, columns, split, images, spec.reduction());
    }

    long workspaceBytes(ConvSpec spec) {
      long floats = (long) channelFloats * spec.ic() * imagesAtOnce + WindowPlanes.slackFloats();
      return planes == null ? 0 : Lanes.roundUp(floats) * Float.BYTES;
    }

    boolean isOneBlock() {
      return reduction <= PackedFilters.BLOCK;
    }

    /** Floats of one packed panel of the widest kind. */
    int panelFloats() {
      return (int) Math.min(reduction, PackedFilters.BLOCK) * GemmTiles.MOST_VECTORS * Lanes.LENGTH;
    }

    /** Accumulators: of all rows of a chunk, or, where no block follows, of the last two tiles. */
    int sumFloats() {
      int rows = isOneBlock() ? 2 * GemmTiles.ROWS : split.rowChunk();
      return rows * GemmTiles.MOST_VECTORS * Lanes.LENGTH;
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
      int perImage = spec.groups() * split.tasks();
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
   * @param firstPanel of columns
   */
  private record Task(int group, int chunk, int firstPanel) {
    static Task of(int number, PanelSplit split) {
      int perChunk = split.tasks() / split.chunks();
      int rest = number / perChunk;
      return new Task(
          rest / split.chunks(), rest % split.chunks(), number % perChunk * split.panelsAtOnce());
    }
  }

  /**
   * A panel of a task.
   *
   * @param tile that computes it
   * @param from its first position
   * @param start where it is packed
   * @param runs which of its positions are outputs
   * @param last lanes of its last vector that may be read
   */
  private record Panel(
      GemmTile tile, int from, int start, OutputRuns runs, VectorMask<Float> last) {
    int width() {
      return tile.vectors() * Lanes.LENGTH;
    }
  }

  private Panel panel(int number, int start) {
    int firstVector = split.firstVector(number);
    GemmTile tile = GemmTiles.ofWidth(split.firstVector(number + 1) - firstVector);
    int from = firstVector * Lanes.LENGTH;
    int to = Math.min(split.positions(), from + tile.vectors() * Lanes.LENGTH);
    OutputRuns runs = OutputRuns.of(from, to, geometry.columns(), spec.ow());
    return new Panel(tile, from, start, runs, readable(to - from, tile));
  }

  private void compute(Task task, MemorySegment source, long sourceBase, int image, Output output) {
    int count = Math.min(split.panelsAtOnce(), split.panels() - task.firstPanel());
    Panel[] panels = new Panel[count];
    for (int i = 0; i < count; i++) {
      panels[i] = panel(task.firstPanel() + i, i * geometry.panelFloats());
    }
    int firstRow = task.chunk() * split.rowChunk();
    int rows = Math.min(split.rowChunk(), spec.ocPerGroup() - firstRow);
    long base =
        (sourceBase + (long) task.group() * spec.icPerGroup() * geometry.channelFloats())
            * Float.BYTES;
    Scratch scratch =
        Scratch.of(split.panelsAtOnce() * geometry.panelFloats(), geometry.sumFloats());
    PanelPacker packer = new PanelPacker(source, base, rowOffsets, scratch.panel());
    Writing writing =
        new Writing(
            output, scratch.sums(), image, task.group() * spec.ocPerGroup() + firstRow, rows);
    for (int start = 0; start < rowOffsets.length; start += PackedFilters.BLOCK) {
      int end = Math.min(start + PackedFilters.BLOCK, rowOffsets.length);
      for (Panel p : panels) {
        packer.pack(
            (long) p.from() * Float.BYTES, start, end, p.tile().vectors(), p.last(), p.start());
      }
      for (int row = 0; row < rows; row += GemmTiles.ROWS) {
        int weights = filters.tile(task.group(), start, firstRow + row);
        for (Panel p : panels) {
          int sums = writing.place(p, row);
          if (start == 0) {
            Arrays.fill(scratch.sums(), sums, sums + GemmTiles.ROWS * p.width(), 0);
          }
          p.tile()
              .accumulate(
                  filters.values(),
                  weights,
                  scratch.panel(),
                  p.start(),
                  scratch.sums(),
                  sums,
                  end - start);
          if (end == rowOffsets.length) {
            writing.after(p, row, sums);
          }
        }
      }
    }
    writing.finish();
  }

  /**
   * Writes a task's tiles, each when the next one is computed: its stores then drain meanwhile, and
   * its sums are not read back before they reached the cache.
   */
  private final class Writing {
    private final EpilogueWriter.Target target;
    private final float[] sums;
    private final int channel;
    private final int rows;
    private @Nullable Panel panel;
    private int row;
    private int place;

    Writing(Output output, float[] sums, int image, int channel, int rows) {
      long channelBytes = (long) spec.oh() * spec.ow() * Float.BYTES;
      long offset = ((long) image * spec.oc() + channel) * channelBytes;
      this.target =
          new EpilogueWriter.Target(output.memory(), output.residual(), offset, channelBytes);
      this.sums = sums;
      this.channel = channel;
      this.rows = rows;
    }

    /** Where the sums of a tile are: with one block in two places in turn, else in rows. */
    int place(Panel p, int tileRow) {
      if (!geometry.isOneBlock()) {
        return tileRow * p.width();
      }
      return place == 0 ? GemmTiles.ROWS * GemmTiles.MOST_VECTORS * Lanes.LENGTH : 0;
    }

    /** A tile is done; writes the one before it. */
    void after(Panel done, int doneRow, int donePlace) {
      finish();
      panel = done;
      row = doneRow;
      place = donePlace;
    }

    /** Writes the last tile that is done. */
    void finish() {
      Panel p = panel;
      if (p != null) {
        int count = Math.min(GemmTiles.ROWS, rows - row);
        writer.write(sums, place, p.width(), count, p.runs(), bias, channel + row, target, row);
      }
    }
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
}
