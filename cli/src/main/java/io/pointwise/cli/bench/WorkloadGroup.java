// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import java.util.List;

/**
 * Workloads that are measured side by side.
 *
 * @param title for people; empty for a layer on its own
 * @param workloads the first is what the others are compared with
 * @param notes sentences to print with the ratios
 */
public record WorkloadGroup(String title, List<Workload> workloads, List<String> notes) {
  public WorkloadGroup {
    workloads = List.copyOf(workloads);
    notes = List.copyOf(notes);
  }

  /** A layer on its own. */
  static WorkloadGroup of(Workload workload) {
    return new WorkloadGroup("", List.of(workload), List.of());
  }

  /** A comparison with the first. */
  static WorkloadGroup comparison(String title, Workload... workloads) {
    return new WorkloadGroup(title, List.of(workloads), List.of());
  }

  WorkloadGroup note(String... sentences) {
    return new WorkloadGroup(title, workloads, List.of(sentences));
  }

  boolean isComparison() {
    return workloads.size() > 1;
  }
}
