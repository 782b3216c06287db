// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.bench.Dispatches.Refusal;
import io.pointwise.plan.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a group.
 *
 * @param group that was measured
 * @param rows in the order of its workloads
 * @param refused what was asked for and cannot be
 */
record GroupResult(WorkloadGroup group, List<Row> rows, List<Refused> refused) {
  /**
   * A workload with an algorithm.
   *
   * @param workload that ran
   * @param algorithm names of the algorithms that ran
   * @param reorders that planning put in; their time counts
   * @param candidates of a single convolution
   * @param verification of the output, before and after timing
   * @param samples null where the output is wrong
   */
  record Row(
      Workload workload,
      String algorithm,
      int reorders,
      List<Candidate> candidates,
      Verification verification,
      Sampler.@Nullable Samples samples) {
    /** Nanoseconds a run, or null where the output is wrong. */
    @Nullable Double medianNanos() {
      return samples == null ? null : Statistics.median(samples.compute());
    }
  }

  /** A workload that an algorithm does not take. */
  record Refused(Workload workload, Refusal refusal) {}

  /** The first row of a workload: that of the algorithm that the device prefers. */
  @Nullable Row first(Workload workload) {
    return rows.stream().filter(row -> row.workload().equals(workload)).findFirst().orElse(null);
  }

  boolean isWrong() {
    return rows.stream().anyMatch(row -> !row.verification().ok());
  }
}
