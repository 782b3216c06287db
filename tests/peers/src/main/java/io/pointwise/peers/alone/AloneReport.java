// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.alone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a process of its own found.
 *
 * @param startNanos from the start of the program to the library loaded and its threads there; the
 *     start of the JVM is not in it
 * @param loadNanos reading the file, where that is a step of its own
 * @param prepareNanos making the plan, or the session, which for ONNX Runtime includes reading the
 *     file
 * @param runNanos each run, the first one first
 * @param startBytes most memory resident until the library was loaded
 * @param peakBytes most memory resident until the last run was over
 */
public record AloneReport(
    @JsonProperty("start_ns") long startNanos,
    @JsonProperty("load_ns") long loadNanos,
    @JsonProperty("prepare_ns") long prepareNanos,
    @JsonProperty("run_ns") List<Long> runNanos,
    @JsonProperty("start_bytes") long startBytes,
    @JsonProperty("peak_bytes") long peakBytes) {
  public AloneReport {
    runNanos = List.copyOf(runNanos);
  }

  /** From the file to the first result, the library being loaded. */
  public long firstResultNanos() {
    return loadNanos + prepareNanos + runNanos.getFirst();
  }
}
