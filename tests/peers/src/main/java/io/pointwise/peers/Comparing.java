// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.bench.LayerJson;
import io.pointwise.device.Device;
import io.pointwise.layer.Cost;
import io.pointwise.peers.contestant.Contestant;
import io.pointwise.peers.contestant.OwnEngine;
import io.pointwise.peers.contestant.Peer;
import io.pointwise.peers.report.LayerResult;
import io.pointwise.peers.report.Measured;
import io.pointwise.peers.report.NetworkResult;
import io.pointwise.peers.subject.LayerCase;
import io.pointwise.peers.subject.NetworkCase;
import io.pointwise.peers.subject.Subject;
import io.pointwise.peers.timing.Rounds;
import io.pointwise.plan.PlanOptions;
import io.pointwise.reference.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures one subject with all contestants that compute it. */
final class Comparing {
  private final Device device;
  private final PlanOptions options;
  private final List<Peer> peers;
  private final Rounds rounds;
  private final int threads;
  private final References references;

  /**
   * @param peers that are to be measured beside us
   * @param threads of each contestant
   */
  Comparing(
      Device device,
      PlanOptions options,
      List<Peer> peers,
      Rounds rounds,
      int threads,
      References references) {
    this.device = device;
    this.options = options;
    this.peers = peers;
    this.rounds = rounds;
    this.threads = threads;
    this.references = references;
  }

  /**
   * A layer.
   *
   * @throws io.pointwise.plan.PlanningException if none of the algorithms that are allowed does
   */
  LayerResult layer(LayerCase layer) {
    try (OwnEngine own = open(layer)) {
      return new LayerResult(
          LayerJson.of(layer.name(), layer.spec()), own.algorithm(), measure(layer, own));
    }
  }

  /**
   * A network.
   *
   * @throws io.pointwise.plan.PlanningException if the algorithms that are allowed do not do
   */
  NetworkResult network(NetworkCase network, AloneRuns alone) {
    NetworkResult warm;
    Expected bounds;
    try (OwnEngine own = open(network)) {
      Cost cost = network.network().cost();
      Measured measured = measure(network, own);
      bounds = references.of(network, own.winograd());
      warm =
          new NetworkResult(
              network.name(),
              network.batch(),
              cost.parameters(),
              cost.macs(),
              own.algorithms(),
              own.arenaBytes(),
              own.weightBytes(),
              measured,
              List.of());
    }
    // After all here is closed: the processes are to have the machine for themselves.
    return warm.withAlone(
        alone.run(network, peers, threads, bounds, references.of(network, Map.of())));
  }

  private OwnEngine open(Subject subject) {
    return new OwnEngine(subject.network(), subject.input(), device, options);
  }

  /** Runs all, times them in turn, compares their outputs. */
  private Measured measure(Subject subject, OwnEngine own) {
    List<Contestant> contestants = new ArrayList<>(List.of(own));
    try {
      for (Peer peer : peers) {
        if (peer.computes(subject, device)) {
          contestants.add(peer.open(subject, device, threads));
        }
      }
      contestants.forEach(Contestant::run);
      Rounds.Outcome outcome = rounds.time(contestants);
      // After the timing: what was timed is what is compared.
      List<Judged> judged = new ArrayList<>();
      for (Contestant contestant : contestants) {
        Expected expected = references.of(subject, contestant == own ? own.winograd() : Map.of());
        judged.add(
            new Judged(
                contestant.name(),
                contestant.output(),
                Judge.of(subject, contestant.output(), expected)));
      }
      return Evaluation.of(subject.flops(), threads, judged, outcome);
    } finally {
      contestants.stream().skip(1).forEach(Contestant::close);
    }
  }
}
