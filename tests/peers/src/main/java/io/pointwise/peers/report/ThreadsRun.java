// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.peers.timing.Peak;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured with one number of threads.
 *
 * @param threads that each contestant has
 * @param peak of the machine; null unless measured
 * @param firstRuns whether processes of their own were started for the first runs, not only for the
 *     memory
 */
public record ThreadsRun(
    int threads,
    @Nullable PeakReport peak,
    @JsonProperty("layer_sets") List<LayerSet> layerSets,
    List<NetworkResult> networks,
    @JsonProperty("refused_networks") List<Refused> refusedNetworks,
    @JsonProperty("network_summary") List<Summary> networkSummary,
    @JsonProperty("first_runs") boolean firstRuns) {
  public ThreadsRun {
    layerSets = List.copyOf(layerSets);
    networks = List.copyOf(networks);
    refusedNetworks = List.copyOf(refusedNetworks);
    networkSummary = List.copyOf(networkSummary);
  }

  /**
   * FMA peak of a core before each round, in 10⁹ operations a second.
   *
   * @param oneThread with one thread at work
   * @param allThreads mean of the threads when all are at work
   */
  public record PeakReport(
      @JsonProperty("one_thread_gflops") Spread oneThread,
      @JsonProperty("all_threads_gflops_per_core") Spread allThreads) {
    /** Null of no samples. */
    static @Nullable PeakReport of(List<Peak.Sample> samples) {
      return samples.isEmpty()
          ? null
          : new PeakReport(
              Spread.of(samples.stream().map(Peak.Sample::oneThread).toList()),
              Spread.of(samples.stream().map(Peak.Sample::allThreads).toList()));
    }
  }

  /** With the summary of the networks. */
  public static ThreadsRun of(
      int threads,
      List<Peak.Sample> peaks,
      List<LayerSet> layerSets,
      List<NetworkResult> networks,
      List<Refused> refusedNetworks,
      List<String> peers,
      boolean firstRuns) {
    return new ThreadsRun(
        threads,
        PeakReport.of(peaks),
        layerSets,
        networks,
        refusedNetworks,
        Summary.ofNetworks(peers, networks),
        firstRuns);
  }

  /** Whether every output of every library is within its bound. */
  @JsonIgnore
  public boolean isOk() {
    return layerSets.stream()
            .flatMap(set -> set.results().stream())
            .allMatch(result -> result.measured().isOk())
        && networks.stream().allMatch(NetworkResult::isOk);
  }

  /** Without what does not belong to that part of a page. */
  ThreadsRun only(PagePart part) {
    boolean ofLayers = part == PagePart.LAYERS || part == PagePart.OTHERS;
    return new ThreadsRun(
        threads,
        peak,
        layerSets.stream()
            .filter(set -> ofLayers && set.random() == (part == PagePart.OTHERS))
            .toList(),
        ofLayers ? List.of() : networks,
        ofLayers ? List.of() : refusedNetworks,
        ofLayers ? List.of() : networkSummary,
        firstRuns);
  }
}
