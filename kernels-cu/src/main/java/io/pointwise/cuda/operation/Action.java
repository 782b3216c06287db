// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaStream;
import io.pointwise.device.StepBuffers;

/**
 * One piece of work of a step. Called by several threads at once, each with its own stream; the
 * context is current.
 */
@FunctionalInterface
interface Action {
  /** Puts the work on the stream. */
  void enqueue(CudaStream stream, StepBuffers buffers);
}
