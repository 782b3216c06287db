// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Step;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import java.util.List;

/**
 * A step in its place, and the algorithms among which it is to be decided.
 *
 * @param step what is to be computed
 * @param weights of the step's layer, folded
 * @param layouts those in which each input is there already, the first made first; for any other a
 *     reorder is needed, which counts
 * @param toCaller whether the result must be NCHW in the end, so that a reorder behind the step
 *     counts
 * @param restriction what the caller leaves out, for people; empty for nothing
 * @param contenders in the device's order
 */
public record Contest(
    Step step,
    Weights weights,
    List<List<Layout>> layouts,
    boolean toCaller,
    String restriction,
    List<Contender> contenders) {
  public Contest {
    layouts = layouts.stream().map(List::copyOf).toList();
    contenders = List.copyOf(contenders);
  }

  /**
   * Whether there is something to decide, and it can be: inputs of a measurement are numbers drawn
   * at random, which are no indices.
   */
  public boolean isOpen() {
    boolean anyNumbers =
        !(step.operation() instanceof Gather) && !(step.operation() instanceof GatherElements);
    return contenders.size() > 1 && anyNumbers && step.output().elements() > 0;
  }

  /** Names of the contenders. */
  public List<String> names() {
    return contenders.stream().map(Contender::name).toList();
  }

  /**
   * All that the times depend on, but for the device: the operation, shapes, what is fused behind,
   * precision, layouts. The step's name is not part of it.
   */
  String description() {
    boolean reordersBehind =
        toCaller
            && contenders.stream().anyMatch(each -> !each.choice().output().equals(Layout.NCHW));
    return step.operation()
        + " of "
        + step.inputs()
        + " in "
        + layouts
        + " to "
        + step.output()
        + (reordersBehind ? " in NCHW" : "")
        + ", fused "
        + fused()
        + ", "
        + step.precision()
        + (restriction.isEmpty() ? "" : ", " + restriction);
  }

  /** With the numbers of the activation, which its label leaves out. */
  private String fused() {
    return (step.epilogue().residual() ? "residual " : "") + step.epilogue().activation();
  }
}
