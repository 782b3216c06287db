// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.bench.LayerJson;
import io.pointwise.cli.bench.Verification;
import io.pointwise.device.Device;
import io.pointwise.plan.PlanOptions;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures one layer with all contestants that compute it. */
final class Comparing {
  private final Device device;
  private final PlanOptions options;
  private final List<Peer> peers;
  private final Rounds rounds;
  private final int threads;

  /**
   * @param peers that are to be measured beside us
   * @param threads of each contestant
   */
  Comparing(Device device, PlanOptions options, List<Peer> peers, Rounds rounds, int threads) {
    this.device = device;
    this.options = options;
    this.peers = peers;
    this.rounds = rounds;
    this.threads = threads;
  }

  /** Runs all, compares their outputs, times them in turn. */
  PeersReport.LayerResult measure(LayerCase layer) {
    List<Contestant> contestants = new ArrayList<>();
    try (OwnEngine own = new OwnEngine(layer, device, options)) {
      try {
        contestants.add(own);
        for (Peer peer : peers) {
          if (peer.computes(layer.spec(), device)) {
            contestants.add(peer.open(layer, device, threads));
          }
        }
        return measure(layer, own, contestants);
      } finally {
        contestants.stream().skip(1).forEach(Contestant::close);
      }
    }
  }

  private PeersReport.LayerResult measure(
      LayerCase layer, OwnEngine engine, List<Contestant> contestants) {
    contestants.forEach(Contestant::run);
    Rounds.Outcome outcome = rounds.time(contestants);
    // After the timing: what was timed is what is compared.
    Tensor ours = contestants.getFirst().output();
    Rounds.Samples own = outcome.samples().getFirst();
    Expected expected = layer.expected(Map.of());
    List<PeersReport.PeerResult> results = new ArrayList<>();
    for (int i = 1; i < contestants.size(); i++) {
      Rounds.Samples samples = outcome.samples().get(i);
      Tensor theirs = contestants.get(i).output();
      results.add(
          new PeersReport.PeerResult(
              contestants.get(i).name(),
              PeersReport.Spread.of(samples.nanos()),
              PeersReport.Spread.of(ratios(samples.nanos(), own.nanos())),
              spread(ratios(samples.deviceNanos(), own.deviceNanos())),
              Verification.of(List.of(theirs), List.of(expected)),
              difference(ours, theirs)));
    }
    double flops = layer.spec().cost().flops();
    List<Double> speeds = own.nanos().stream().map(nanos -> flops / nanos).toList();
    return new PeersReport.LayerResult(
        LayerJson.of(layer.name(), layer.spec()),
        engine.algorithm(),
        PeersReport.Spread.of(own.nanos()),
        PeersReport.Spread.of(own.deviceNanos()).median(),
        PeersReport.Spread.of(speeds).median(),
        outcome.peaks().isEmpty()
            ? null
            : PeersReport.Spread.of(ratios(speeds, outcome.peaks())).median() / threads,
        Verification.of(List.of(ours), List.of(layer.expected(engine.winograd()))),
        results);
  }

  private static List<Double> ratios(List<Double> above, List<Double> below) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(above.get(i) / below.get(i));
    }
    return ratios;
  }

  /** Null where one of both does not tell. */
  private static PeersReport.@Nullable Spread spread(List<Double> ratios) {
    return ratios.stream().anyMatch(ratio -> ratio.isNaN()) ? null : PeersReport.Spread.of(ratios);
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
