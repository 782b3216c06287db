// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.layer.Winograd;
import io.pointwise.peers.subject.LayerCase;
import io.pointwise.peers.subject.NetworkCase;
import io.pointwise.peers.subject.Subject;
import io.pointwise.reference.Expected;
import java.util.HashMap;
import java.util.Map;

/**
 * What the reference gives. It takes minutes for a large network, whose output is small: those are
 * kept for the next number of threads.
 */
final class References {
  private record Key(String network, int batch, long seed, Map<String, Winograd> winograd) {}

  private final Map<Key, Expected> networks = new HashMap<>();

  /**
   * With its bounds.
   *
   * @param winograd layers that are computed by Winograd's formula
   */
  Expected of(Subject subject, Map<String, Winograd> winograd) {
    return switch (subject) {
      case LayerCase layer -> layer.expected(winograd);
      case NetworkCase network ->
          networks.computeIfAbsent(
              new Key(network.name(), network.batch(), network.seed(), Map.copyOf(winograd)),
              _ -> network.expected(winograd));
    };
  }
}
