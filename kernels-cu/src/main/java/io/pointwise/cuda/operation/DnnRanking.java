// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.DeviceOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What cuDNN's heuristic says of a convolution: those of its algorithms that may be taken, the one
 * that it holds for the fastest first.
 *
 * @param choices with what each needs
 */
record DnnRanking<A extends Enum<A>>(List<Choice<A>> choices) {
  /**
   * An algorithm that takes a convolution.
   *
   * @param algorithm of cuDNN
   * @param workspaceBytes scratch memory that it needs
   */
  record Choice<A extends Enum<A>>(A algorithm, long workspaceBytes) {}

  DnnRanking {
    choices = List.copyOf(choices);
  }

  /** Those that need no more scratch memory than this. */
  DnnRanking<A> within(long mostBytes) {
    return new DnnRanking<>(
        choices.stream().filter(each -> each.workspaceBytes <= mostBytes).toList());
  }

  /** The first, or the one that is wanted. */
  Optional<Choice<A>> choice(@Nullable A wanted) {
    return choices.stream().filter(each -> wanted == null || each.algorithm == wanted).findFirst();
  }

  /** Whether it is the one that the heuristic takes. */
  boolean isFirst(A algorithm) {
    return !choices.isEmpty() && choices.getFirst().algorithm == algorithm;
  }

  /** Why there may be none. */
  static String refusal(DeviceOptions options) {
    return "offers no algorithm of plain sums"
        + (options.deterministic() ? " that gives the same bits every time" : "")
        + " for these sizes in "
        + (options.workspaceBytes() >> 20)
        + " MiB of scratch memory";
  }
}
