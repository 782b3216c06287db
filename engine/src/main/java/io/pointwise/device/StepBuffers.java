// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.util.List;

/**
 * Where a step finds its operands.
 *
 * @param inputs in the order of the step's inputs, the residual last
 * @param output where the result goes
 * @param workspace scratch of the size that the algorithm asked for; zero bytes when it asked for
 *     none
 */
public record StepBuffers(List<BufferSlice> inputs, BufferSlice output, BufferSlice workspace) {
  public StepBuffers {
    inputs = List.copyOf(inputs);
  }
}
