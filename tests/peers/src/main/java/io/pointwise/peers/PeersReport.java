// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.bench.LayerJson;
import io.pointwise.cli.bench.Statistics;
import io.pointwise.cli.bench.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured, as JSON.
 *
 * @param schema {@value #SCHEMA}
 * @param versions of the peers, by name
 * @param threads that each contestant has
 * @param peakGflopsPerCore FMA peak of a core with all threads at work, median; null unless
 *     measured
 * @param seed of weights and inputs
 * @param summary by peer, over layers of a kind
 */
record PeersReport(
    String schema,
    HostEnvironment environment,
    Map<String, String> versions,
    int threads,
    @JsonProperty("peak_gflops_per_core") @Nullable Double peakGflopsPerCore,
    long seed,
    List<LayerResult> results,
    List<Summary> summary) {
  static final String SCHEMA = "pointwise-peers/1";

  /**
   * One layer.
   *
   * @param algorithm of ours that computed it
   * @param own our times; a call from host memory to host memory
   * @param deviceNanos of ours on the device's clock, without transfers, median
   * @param gflops of a call, 10⁹ FLOPs a second, median
   * @param fractionOfPeak median of each round's speed over the peak before it; null unless
   *     measured
   */
  record LayerResult(
      LayerJson layer,
      String algorithm,
      @JsonProperty("time_ns") Spread own,
      @JsonProperty("device_ns") double deviceNanos,
      double gflops,
      @JsonProperty("fraction_of_peak") @Nullable Double fractionOfPeak,
      Verification verification,
      List<PeerResult> peers) {
    boolean ok() {
      return verification.ok() && peers.stream().allMatch(peer -> peer.verification().ok());
    }

    @Nullable PeerResult peer(String name) {
      return peers.stream().filter(peer -> peer.name().equals(name)).findFirst().orElse(null);
    }
  }

  /**
   * A peer at one layer.
   *
   * @param ratio its time over ours, round by round: above 1 we are faster
   * @param deviceRatio the same of the times on the device's clock, where both tell: without the
   *     start of a command from the host, which on a CPU takes longer than a small layer
   * @param verification of its output against the same reference
   * @param maxDifference largest absolute difference between its output and ours; NaN is reported
   *     as null
   */
  record PeerResult(
      String name,
      @JsonProperty("time_ns") Spread time,
      Spread ratio,
      @JsonProperty("device_ratio") @Nullable Spread deviceRatio,
      Verification verification,
      @JsonProperty("max_difference") @Nullable Double maxDifference) {}

  /** Median, tenth and ninetieth percentile, and the number of samples. */
  record Spread(double median, double p10, double p90, int samples) {
    static Spread of(List<Double> values) {
      return new Spread(
          Statistics.median(values),
          Statistics.percentile(10, values),
          Statistics.percentile(90, values),
          values.size());
    }
  }

  /**
   * A peer over several layers.
   *
   * @param kind {@code all}, {@code 1×1}, {@code 3×3}, {@code other}
   * @param geometricMean of the layers' median ratios
   * @param least of them
   */
  record Summary(
      String peer,
      String kind,
      int layers,
      @JsonProperty("geometric_mean") double geometricMean,
      double least) {}

  /** The summaries of these results, without empty ones. */
  static List<Summary> summarize(List<String> peers, List<LayerResult> results) {
    List<Summary> all = new ArrayList<>();
    for (String peer : peers) {
      for (LayerKind kind : LayerKind.values()) {
        List<Double> ratios = new ArrayList<>();
        for (LayerResult result : results) {
          PeerResult measured = result.peer(peer);
          if (measured != null && kind.has(result.layer())) {
            ratios.add(measured.ratio().median());
          }
        }
        if (!ratios.isEmpty()) {
          double logs = ratios.stream().mapToDouble(Math::log).average().orElseThrow();
          double least = ratios.stream().mapToDouble(ratio -> ratio).min().orElseThrow();
          all.add(new Summary(peer, kind.label(), ratios.size(), Math.exp(logs), least));
        }
      }
    }
    return all;
  }
}
