// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.pointwise.cli.bench.HostEnvironment;
import java.util.List;
import java.util.Map;

/**
 * All that was measured, as JSON.
 *
 * @param schema {@value #SCHEMA}
 * @param versions of the peers, by name
 * @param seed of weights and inputs
 * @param only patterns of the algorithms that ours was held to; empty for all
 * @param winograd whether ours could use Winograd's formula
 * @param runs one for each number of threads
 */
public record PeersReport(
    String schema,
    HostEnvironment environment,
    Map<String, String> versions,
    long seed,
    List<String> only,
    boolean winograd,
    List<ThreadsRun> runs) {
  public static final String SCHEMA = "pointwise-peers/2";

  public PeersReport {
    only = List.copyOf(only);
    runs = List.copyOf(runs);
  }

  /** Whether every output of every library is within its bound. */
  @JsonIgnore
  public boolean isOk() {
    return runs.stream().allMatch(ThreadsRun::isOk);
  }
}
