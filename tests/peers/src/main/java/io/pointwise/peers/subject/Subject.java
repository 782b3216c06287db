// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.subject;

import io.pointwise.layer.Winograd;
import io.pointwise.network.Network;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** What contestants compute: a network of one input and one output, be it a single layer. */
public sealed interface Subject permits LayerCase, NetworkCase {
  /** For people. */
  String name();

  /** With its weights. */
  Network network();

  /** The same for all. */
  Tensor input();

  /** Shape of the output. */
  default Shape outputShape() {
    return network().shape(network().outputs().getFirst());
  }

  /** Operations of one run: two for a multiply and an add. */
  default double flops() {
    return network().cost().flops();
  }

  /**
   * What the reference gives, with its bounds.
   *
   * @param winograd layers that are computed by Winograd's formula
   */
  default Expected expected(Map<String, Winograd> winograd) {
    return Reference.run(network(), List.of(input()), winograd).getFirst();
  }
}
