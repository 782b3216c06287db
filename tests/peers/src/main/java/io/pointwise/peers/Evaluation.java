// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.peers.report.Measured;
import io.pointwise.peers.report.Spread;
import io.pointwise.peers.timing.Peak;
import io.pointwise.peers.timing.Ratios;
import io.pointwise.peers.timing.Rounds;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From samples to medians and ratios. */
final class Evaluation {
  private Evaluation() {}

  /**
   * Ours is the first of the contestants.
   *
   * @param flops of a run
   * @param threads of each contestant
   * @param judged contestants in the order of the outcome's samples
   */
  static Measured of(double flops, int threads, List<Judged> judged, Rounds.Outcome outcome) {
    Rounds.Samples own = outcome.samples().getFirst();
    Tensor ours = judged.getFirst().output();
    List<Measured.PeerResult> peers = new ArrayList<>();
    for (int i = 1; i < judged.size(); i++) {
      Rounds.Samples samples = outcome.samples().get(i);
      Judged peer = judged.get(i);
      peers.add(
          new Measured.PeerResult(
              peer.name(),
              Spread.of(samples.nanos()),
              Spread.of(speeds(flops, samples)).median(),
              Spread.of(Ratios.paired(samples.nanos(), own.nanos())),
              Spread.ofTold(Ratios.paired(samples.deviceNanos(), own.deviceNanos())),
              peer.verification(),
              difference(ours, peer.output())));
    }
    List<Double> speeds = speeds(flops, own);
    return new Measured(
        Spread.of(own.nanos()),
        Spread.of(own.deviceNanos()).median(),
        Spread.of(speeds).median(),
        fraction(speeds, outcome.peaks(), threads),
        judged.getFirst().verification(),
        outcome.unquiet(),
        peers);
  }

  /** FLOPs a nanosecond are 10⁹ FLOPs a second. */
  private static List<Double> speeds(double flops, Rounds.Samples samples) {
    return samples.nanos().stream().map(nanos -> flops / nanos).toList();
  }

  /** Of as many cores as there are threads, at the peak that they have together. */
  private static @Nullable Double fraction(
      List<Double> speeds, List<Peak.Sample> peaks, int threads) {
    if (peaks.isEmpty()) {
      return null;
    }
    List<Double> all = peaks.stream().map(peak -> threads * peak.allThreads()).toList();
    return Spread.of(Ratios.paired(speeds, all)).median();
  }

  private static @Nullable Double difference(Tensor ours, Tensor theirs) {
    double most = 0;
    for (long i = 0; i < ours.shape().elements(); i++) {
      // The larger of NaN and a number is NaN.
      most = Math.max(most, Math.abs((double) ours.get(i) - theirs.get(i)));
    }
    return Double.isFinite(most) ? most : null;
  }
}
