// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.peers.timing.Ratios;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A peer over several subjects.
 *
 * @param kind {@code all}, {@code 1×1}, {@code 3×3}, {@code other}; of networks {@code all}
 * @param count of them
 * @param geometricMean of their median ratios
 * @param least of them
 */
public record Summary(
    String peer,
    String kind,
    int count,
    @JsonProperty("geometric_mean") double geometricMean,
    double least) {

  /** By peer and kind, without empty ones. */
  static List<Summary> ofLayers(List<String> peers, List<LayerResult> results) {
    List<Summary> all = new ArrayList<>();
    for (String peer : peers) {
      for (LayerKind kind : LayerKind.values()) {
        List<Measured> measured =
            results.stream()
                .filter(result -> kind.has(result.layer()))
                .map(LayerResult::measured)
                .toList();
        of(peer, kind.label(), measured).ifPresent(all::add);
      }
    }
    return all;
  }

  /** By peer, without empty ones. */
  static List<Summary> ofNetworks(List<String> peers, List<NetworkResult> results) {
    List<Measured> measured = results.stream().map(NetworkResult::measured).toList();
    return peers.stream()
        .flatMap(peer -> of(peer, LayerKind.ALL.label(), measured).stream())
        .toList();
  }

  private static Optional<Summary> of(String peer, String kind, List<Measured> measured) {
    List<Double> ratios = new ArrayList<>();
    for (Measured each : measured) {
      Measured.PeerResult result = each.peer(peer);
      if (result != null) {
        ratios.add(result.ratio().median());
      }
    }
    if (ratios.isEmpty()) {
      return Optional.empty();
    }
    double least = ratios.stream().mapToDouble(ratio -> ratio).min().orElseThrow();
    return Optional.of(new Summary(peer, kind, ratios.size(), Ratios.geometricMean(ratios), least));
  }
}
