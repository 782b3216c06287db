// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.StepBuffers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A prepared step of the CPU device: turns slices into host memory and hands them to a {@link
 * Kernel}.
 */
public final class CpuStep implements PreparedStep {
  /** The work itself. */
  public interface Kernel {
    /**
     * Computes the output from the inputs; returns when done. Called by several threads at once.
     */
    void run(List<MemorySegment> inputs, MemorySegment output, MemorySegment workspace);
  }

  private final Kernel kernel;
  private final Arena arena;
  private final long weightBytes;

  /** A step whose kernel holds arrays only. */
  public CpuStep(Kernel kernel, long weightBytes) {
    this(kernel, Arena.ofShared(), weightBytes);
  }

  /**
   * @param arena owns what the kernel holds; closed with the step
   * @param weightBytes size of the packed weights in it
   */
  public CpuStep(Kernel kernel, Arena arena, long weightBytes) {
    this.kernel = kernel;
    this.arena = arena;
    this.weightBytes = weightBytes;
  }

  @Override
  public void enqueue(DeviceStream stream, StepBuffers buffers) {
    kernel.run(
        buffers.inputs().stream().map(CpuBuffer::memory).toList(),
        memory(buffers.output()),
        memory(buffers.workspace()));
  }

  private static MemorySegment memory(BufferSlice slice) {
    return CpuBuffer.memory(slice);
  }

  @Override
  public long weightBytes() {
    return weightBytes;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
