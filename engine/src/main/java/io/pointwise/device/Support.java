// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.util.List;

/** An algorithm's answer to whether it can take a step. */
public sealed interface Support {
  /**
   * It can, in any of these ways.
   *
   * @param choices at least one, the preferred first
   * @param reluctance why others that accept should go first, for people; empty if they need not
   */
  record Yes(List<LayoutChoice> choices, String reluctance) implements Support {
    /** Accepts without reluctance. */
    public Yes(List<LayoutChoice> choices) {
      this(choices, "");
    }

    public Yes {
      choices = List.copyOf(choices);
      if (choices.isEmpty()) {
        throw new IllegalArgumentException("an algorithm that accepts must offer a layout");
      }
    }
  }

  /**
   * It cannot.
   *
   * @param reason for people: what of this step it does not do, with the value
   */
  record No(String reason) implements Support {}

  /**
   * It is for other operations altogether.
   *
   * @param reason for people
   */
  record Inapplicable(String reason) implements Support {}

  /** Accepts with everything NCHW. */
  static Support nchw(Step step, long workspaceBytes) {
    return new Yes(List.of(LayoutChoice.nchw(step.inputs().size(), workspaceBytes)));
  }

  /** Refuses. */
  static Support no(String reason) {
    return new No(reason);
  }

  /** Says that the algorithm is not for the step's operation. */
  static Support otherOperation(String algorithm, Step step) {
    return new Inapplicable(algorithm + " does not do " + step.operation().kind());
  }
}
