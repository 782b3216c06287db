// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Operations that slide a window over one input channel for each output channel: depthwise
 * convolution and pooling.
 *
 * <p>A task computes one output channel: rearranges its input channel into the worker's part of the
 * workspace, lets the {@link ChannelKernel} compute all positions, and writes them through the
 * epilogue.
 */
final class ChannelWindows implements CpuStep.Kernel {
  /** Computes one channel. */
  interface ChannelKernel {
    /**
     * Computes all positions of an output channel.
     *
     * @param memory that holds the rearranged input channel
     * @param base where it begins, in bytes
     * @param channel of the output
     * @param sums room for the results, a multiple of {@link PlaneKernels#STEP}
     */
    void compute(MemorySegment memory, long base, int channel, float[] sums);
  }

  private final Geometry geometry;
  private final float padding;
  private final ChannelKernel kernel;
  private final EpilogueWriter writer;
  private final float[] bias;
  private final OutputRuns runs;
  private final Workers workers;

  /**
   * Sizes of the operation.
   *
   * @param input shape, NCHW
   * @param output shape, NCHW; its channels are a multiple of the input's
   * @param planes how an input channel is rearranged
   */
  record Geometry(Shape input, Shape output, WindowPlanes planes) {
    /** Positions from the first to the last output. */
    int positions() {
      return (output.dim(2) - 1) * planes.columns() + output.dim(3);
    }

    int sumFloats() {
      return Math.ceilDiv(positions(), PlaneKernels.STEP) * PlaneKernels.STEP;
    }

    /** What one worker needs: a rearranged channel, and what a whole step may read beyond it. */
    long workerBytes() {
      return Lanes.roundUp(planes.channelFloats() + PlaneKernels.STEP + WindowPlanes.slackFloats())
          * Float.BYTES;
    }

    long[] taps(int count) {
      long[] taps = new long[count];
      for (int t = 0; t < count; t++) {
        taps[t] = (long) planes.tapOffset(t) * Float.BYTES;
      }
      return taps;
    }
  }

  ChannelWindows(
      Geometry geometry,
      float padding,
      ChannelKernel kernel,
      Epilogue epilogue,
      float[] bias,
      Workers workers) {
    this.geometry = geometry;
    this.padding = padding;
    this.kernel = kernel;
    this.writer = new EpilogueWriter(epilogue);
    this.bias = bias;
    this.runs =
        OutputRuns.of(
            0, geometry.positions(), geometry.planes().columns(), geometry.output().dim(3));
    this.workers = workers;
  }

  @Override
  public void run(List<MemorySegment> inputs, MemorySegment output, MemorySegment workspace) {
    MemorySegment input = inputs.getFirst();
    MemorySegment residual = inputs.getLast();
    int oc = geometry.output().dim(1);
    int multiplier = oc / geometry.input().dim(1);
    long inBytes = (long) geometry.planes().sourceFloats() * Float.BYTES;
    long outBytes = geometry.output().elements(2, 4) * Float.BYTES;
    workers.run(
        geometry.output().dim(0) * oc,
        (task, worker) -> {
          long base = worker * geometry.workerBytes();
          geometry.planes().fill(input, task / multiplier * inBytes, workspace, base, padding);
          float[] sums = Scratch.of(0, geometry.sumFloats()).sums();
          kernel.compute(workspace, base, task % oc, sums);
          writer.write(
              sums,
              0,
              0,
              1,
              runs,
              bias,
              task % oc,
              new EpilogueWriter.Target(output, residual, task * outBytes, outBytes),
              0);
        });
  }
}
