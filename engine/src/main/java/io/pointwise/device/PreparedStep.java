// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

/**
 * A step ready to run: packed weights and programs. Safe to use by several threads at once, each
 * with its own stream.
 */
public interface PreparedStep extends AutoCloseable {
  /**
   * Puts the step on the stream. May return before the work is done; the buffers stay valid until
   * the stream was awaited.
   *
   * <p>A step may read its inputs and read and write its output and workspace, nothing else. Output
   * and workspace hold arbitrary values before. None of the buffers overlap, except inputs with
   * each other.
   *
   * @throws DeviceException if the device refuses
   */
  void enqueue(DeviceStream stream, StepBuffers buffers);

  /** Bytes of packed weights that the step holds on the device. */
  long weightBytes();

  /** Releases what the step holds. The engine closes it once. */
  @Override
  void close();
}
