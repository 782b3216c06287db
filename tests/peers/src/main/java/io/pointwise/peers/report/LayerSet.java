// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import java.util.List;

/**
 * Layers that were measured together.
 *
 * @param name {@code reference} or another suite's, {@code given} for those of the command line,
 *     {@code others SEED} for random ones
 * @param random whether a seed chose them
 * @param refused layers that none of the algorithms that were asked for computes
 * @param summary by peer and kind of layer
 */
public record LayerSet(
    String name,
    boolean random,
    List<LayerResult> results,
    List<Refused> refused,
    List<Summary> summary) {
  public LayerSet {
    results = List.copyOf(results);
    refused = List.copyOf(refused);
    summary = List.copyOf(summary);
  }

  /** With the summary of the results. */
  public static LayerSet of(
      String name,
      boolean random,
      List<LayerResult> results,
      List<Refused> refused,
      List<String> peers) {
    return new LayerSet(name, random, results, refused, Summary.ofLayers(peers, results));
  }
}
