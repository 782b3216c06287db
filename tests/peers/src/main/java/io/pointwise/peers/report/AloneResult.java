// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.cli.bench.Statistics;
import io.pointwise.cli.bench.Verification;
import io.pointwise.peers.alone.AloneReport;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * A library with a network in processes of its own, each from cold; medians over the processes.
 *
 * @param library {@code pointwise} or a peer
 * @param processes that were started, one after the other
 * @param startBytes most memory resident until the library was loaded: the JVM's and its own
 * @param peakBytes most memory resident in all
 * @param startNanos until the library was loaded, without the start of the JVM
 * @param loadNanos reading the file, where that is a step of its own
 * @param prepareNanos making the plan or the session
 * @param firstResultNanos from the file to the first result
 * @param runNanos the first run, the second, and so on
 * @param verification of the last output of the first process that was wrong, or of the last
 */
public record AloneResult(
    String library,
    int processes,
    @JsonProperty("start_bytes") long startBytes,
    @JsonProperty("peak_bytes") long peakBytes,
    @JsonProperty("start_ns") long startNanos,
    @JsonProperty("load_ns") long loadNanos,
    @JsonProperty("prepare_ns") long prepareNanos,
    @JsonProperty("first_result_ns") long firstResultNanos,
    @JsonProperty("run_ns") List<Long> runNanos,
    Verification verification) {
  public AloneResult {
    runNanos = List.copyOf(runNanos);
  }

  /**
   * Medians.
   *
   * @param reports at least one, all of as many runs
   * @param verifications of their outputs, at least one
   */
  public static AloneResult of(
      String library, List<AloneReport> reports, List<Verification> verifications) {
    int runs = reports.getFirst().runNanos().size();
    List<Long> runNanos =
        IntStream.range(0, runs)
            .mapToObj(run -> median(reports, report -> report.runNanos().get(run)))
            .toList();
    return new AloneResult(
        library,
        reports.size(),
        median(reports, AloneReport::startBytes),
        median(reports, AloneReport::peakBytes),
        median(reports, AloneReport::startNanos),
        median(reports, AloneReport::loadNanos),
        median(reports, AloneReport::prepareNanos),
        median(reports, AloneReport::firstResultNanos),
        runNanos,
        verifications.stream()
            .filter(verification -> !verification.ok())
            .findFirst()
            .orElse(verifications.getLast()));
  }

  private static long median(List<AloneReport> reports, ToLongFunction<AloneReport> value) {
    return Math.round(
        Statistics.median(
            reports.stream().map(report -> (double) value.applyAsLong(report)).toList()));
  }
}
