// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import io.pointwise.tensor.Layout;
import java.util.Collections;
import java.util.List;

/**
 * One way in which an algorithm can take a step: the layouts that it reads and writes and what that
 * needs.
 *
 * @param inputs layout of each input of the step, the residual included
 * @param output layout of the output
 * @param workspaceBytes scratch memory on the device for one run
 * @param penaltyBytes how much slower than the algorithm's best choice, as bytes of memory traffic;
 *     the planner weighs it against the bytes that reorders would move
 */
public record LayoutChoice(
    List<Layout> inputs, Layout output, long workspaceBytes, long penaltyBytes) {
  public LayoutChoice {
    inputs = List.copyOf(inputs);
  }

  /** Everything NCHW. */
  public static LayoutChoice nchw(int inputs, long workspaceBytes) {
    return uniform(Layout.NCHW, inputs, workspaceBytes, 0);
  }

  /** Everything in one layout. */
  public static LayoutChoice uniform(
      Layout layout, int inputs, long workspaceBytes, long penaltyBytes) {
    return new LayoutChoice(
        Collections.nCopies(inputs, layout), layout, workspaceBytes, penaltyBytes);
  }
}
