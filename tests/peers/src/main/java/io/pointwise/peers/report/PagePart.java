// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

/** What of a report has a part of its own in a page, as a command may measure one alone. */
public enum PagePart {
  /** The layers of a suite, or those given. */
  LAYERS("layers"),
  /** Random layers. */
  OTHERS("others"),
  /** Whole networks and their memory. */
  NETWORKS("networks"),
  /** Whole networks from cold. */
  FIRST_RUNS("first-runs");

  private final String label;

  PagePart(String label) {
    this.label = label;
  }

  /** The word in the part's first mark. */
  String label() {
    return label;
  }
}
