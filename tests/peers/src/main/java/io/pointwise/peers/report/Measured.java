// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.cli.bench.Verification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Times of a subject, of ours and of the peers, and whether the results are right.
 *
 * @param own our times; a call from host memory to host memory
 * @param deviceNanos of ours on the device's clock, without transfers, median
 * @param gflops of a call, 10⁹ FLOPs a second, median
 * @param fractionOfPeak median of each round's speed over the peak before it of as many cores; null
 *     unless measured
 * @param unquiet samples before which the process would not become quiet: threads of another
 *     library may have disturbed them
 */
public record Measured(
    @JsonProperty("time_ns") Spread own,
    @JsonProperty("device_ns") double deviceNanos,
    double gflops,
    @JsonProperty("fraction_of_peak") @Nullable Double fractionOfPeak,
    Verification verification,
    @JsonProperty("unquiet_samples") int unquiet,
    List<PeerResult> peers) {
  public Measured {
    peers = List.copyOf(peers);
  }

  /**
   * A peer at one subject.
   *
   * @param gflops of a call, 10⁹ FLOPs a second, median
   * @param ratio its time over ours, round by round: above 1 we are faster
   * @param deviceRatio the same of the times on the device's clock, where both tell: without the
   *     start of a command from the host, which on a CPU takes longer than a small layer
   * @param verification of its output against the same reference
   * @param maxDifference largest absolute difference between its output and ours; NaN is reported
   *     as null
   */
  public record PeerResult(
      String name,
      @JsonProperty("time_ns") Spread time,
      double gflops,
      Spread ratio,
      @JsonProperty("device_ratio") @Nullable Spread deviceRatio,
      Verification verification,
      @JsonProperty("max_difference") @Nullable Double maxDifference) {}

  /** Whether every output is within its bound. */
  @JsonIgnore
  public boolean isOk() {
    return verification.ok() && peers.stream().allMatch(peer -> peer.verification().ok());
  }

  /** Whether this peer computed it. */
  public boolean has(String name) {
    return peer(name) != null;
  }

  @Nullable PeerResult peer(String name) {
    return peers.stream().filter(peer -> peer.name().equals(name)).findFirst().orElse(null);
  }
}
