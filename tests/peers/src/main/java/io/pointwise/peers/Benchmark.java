// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.Session;
import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.bench.Workload;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.Progress;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.Devices;
import io.pointwise.peers.contestant.Peer;
import io.pointwise.peers.report.LayerResult;
import io.pointwise.peers.report.LayerSet;
import io.pointwise.peers.report.Measured;
import io.pointwise.peers.report.NetworkResult;
import io.pointwise.peers.report.PeersReport;
import io.pointwise.peers.report.Refused;
import io.pointwise.peers.report.ThreadsRun;
import io.pointwise.peers.subject.LayerCase;
import io.pointwise.peers.subject.NetworkCase;
import io.pointwise.peers.timing.Peak;
import io.pointwise.peers.timing.Quiet;
import io.pointwise.peers.timing.Rounds;
import io.pointwise.plan.PlanningException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures all that was asked for, with one number of threads after the other. */
final class Benchmark {
  private final Session session;
  private final DeviceChoice choice;
  private final WorkChoice work;
  private final Effort effort;
  private final List<Peer> peers;
  private final long seed;
  private final References references = new References();
  private final Progress progress;

  Benchmark(
      Session session,
      DeviceChoice choice,
      WorkChoice work,
      Effort effort,
      List<Peer> peers,
      long seed) {
    this.session = session;
    this.choice = choice;
    this.work = work;
    this.effort = effort;
    this.peers = peers;
    this.seed = seed;
    this.progress = new Progress(session.screen());
  }

  PeersReport measure() {
    List<ThreadsRun> runs = new ArrayList<>();
    HostEnvironment environment = null;
    try {
      for (int number : choice.threads()) {
        Devices.Selection selection = choice.open(session, number);
        try (Device device = selection.device()) {
          runs.add(measure(device, choice.threadsOf(session, device, number)));
          environment = HostEnvironment.of(session.devices(), selection);
        }
      }
    } finally {
      progress.clear();
    }
    if (environment == null) {
      throw new IllegalStateException("no number of threads to measure with");
    }
    requireAny(runs);
    return new PeersReport(
        PeersReport.SCHEMA,
        environment,
        versions(runs),
        seed,
        choice.only(),
        choice.winograd(),
        runs);
  }

  private ThreadsRun measure(Device device, int threads) {
    Optional<Peak> peak =
        device.info().type() == DeviceInfo.Type.CPU ? Peak.open(threads) : Optional.empty();
    List<Peak.Sample> peaks = new ArrayList<>();
    try {
      Rounds rounds =
          new Rounds(
              effort.rounds(),
              effort.minNanos(),
              peak.isEmpty()
                  ? null
                  : () -> {
                    Peak.Sample sample = peak.get().sample();
                    peaks.add(sample);
                    return sample;
                  },
              Quiet.ofProcess()::await);
      Comparing comparing =
          new Comparing(device, choice.planOptions(), peers, rounds, threads, references);
      List<LayerSet> sets = new ArrayList<>();
      for (WorkChoice.Group group : work.groups()) {
        sets.add(layers(group, comparing));
      }
      List<NetworkResult> networks = new ArrayList<>();
      List<Refused> refused = new ArrayList<>();
      AloneRuns alone =
          new AloneRuns(
              device.info().id(),
              choice,
              effort.aloneRuns(),
              work.firstRun() ? effort.processes() : 1);
      for (String name : work.networks()) {
        for (int batch : work.batches()) {
          NetworkCase network = NetworkCase.of(name, batch, seed);
          progress.show(network.title() + ", threads " + threads);
          try {
            networks.add(comparing.network(network, alone));
          } catch (PlanningException e) {
            refused.add(new Refused(network.title(), String.valueOf(e.getMessage())));
          }
        }
      }
      return ThreadsRun.of(threads, peaks, sets, networks, refused, labels(), work.firstRun());
    } finally {
      peak.ifPresent(Peak::close);
    }
  }

  private LayerSet layers(WorkChoice.Group group, Comparing comparing) {
    List<LayerResult> results = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (Workload workload : group.workloads()) {
      progress.show(workload.name());
      try {
        results.add(comparing.layer(LayerCase.of(workload, seed)));
      } catch (PlanningException e) {
        refused.add(new Refused(workload.name(), String.valueOf(e.getMessage())));
      }
    }
    return LayerSet.of(group.name(), group.random(), results, refused, labels());
  }

  /** Fails if the algorithms that were asked for compute nothing of what was asked for. */
  private static void requireAny(List<ThreadsRun> runs) {
    List<Refused> refused = new ArrayList<>();
    for (ThreadsRun run : runs) {
      if (!run.networks().isEmpty()
          || run.layerSets().stream().anyMatch(set -> !set.results().isEmpty())) {
        return;
      }
      run.layerSets().forEach(set -> refused.addAll(set.refused()));
      refused.addAll(run.refusedNetworks());
    }
    throw CommandFailure.usage(
        "--algorithm: nothing of what was asked for is computed; "
            + refused.getFirst().name()
            + ": "
            + refused.getFirst().reason());
  }

  private List<String> labels() {
    return peers.stream().map(Peer::label).toList();
  }

  /** Of the peers that computed anything, in their order. */
  private Map<String, String> versions(List<ThreadsRun> runs) {
    List<Measured> measured =
        runs.stream()
            .flatMap(
                run ->
                    Stream.concat(
                        run.layerSets().stream()
                            .flatMap(set -> set.results().stream())
                            .map(LayerResult::measured),
                        run.networks().stream().map(NetworkResult::measured)))
            .toList();
    Map<String, String> versions = new LinkedHashMap<>();
    for (Peer peer : peers) {
      if (measured.stream().anyMatch(each -> each.has(peer.label()))) {
        versions.put(peer.label(), peer.version());
      }
    }
    return versions;
  }
}
