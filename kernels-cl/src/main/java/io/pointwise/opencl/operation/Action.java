// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.StepBuffers;
import io.pointwise.opencl.host.ClStream;

/** One piece of work of a step. Called by several threads at once, each with its own stream. */
@FunctionalInterface
interface Action {
  /** Puts the work on the stream. */
  void enqueue(ClStream stream, StepBuffers buffers);
}
