// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.DeviceOptions;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a step is taken through cuDNN, by its heuristic's algorithm or by a certain one. */
final class DnnSupport {
  private DnnSupport() {}

  /**
   * Answers.
   *
   * @param ranked those that may be taken
   * @param wanted the certain one; null for the heuristic's
   * @param imageBytes scratch memory beside cuDNN's
   * @param byHeuristic name of the algorithm that takes the heuristic's: what that takes already is
   *     no other candidate
   */
  static <A extends Enum<A>> Support of(
      Step step,
      DnnRanking<A> ranked,
      @Nullable A wanted,
      long imageBytes,
      String byHeuristic,
      DeviceOptions options) {
    if (wanted != null && ranked.isFirst(wanted)) {
      return Support.no("is what " + byHeuristic + " takes for these sizes");
    }
    return ranked
        .choice(wanted)
        .map(choice -> yes(step, imageBytes + choice.workspaceBytes(), wanted != null))
        .orElseGet(() -> Support.no(DnnRanking.refusal(options)));
  }

  private static Support yes(Step step, long workspaceBytes, boolean reluctant) {
    return new Support.Yes(
        List.of(LayoutChoice.nchw(step.inputs().size(), workspaceBytes)),
        reluctant ? "goes by measurement, or where it is asked for by name" : "");
  }
}
