// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.cpu.scalar.Allowance;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * The reference evaluates a network layer after layer, but its bounds must hold for a device that
 * works on what a planner made of the network. What planning changes in exact arithmetic is nothing;
 * in float32 it is where roundings happen:
 *
 *  - A batch norm behind a convolution or linear layer is folded into the weights: they are rounded
 *    more often, and mean and shift become part of the long sum (see BatchNormalization, SumError).
 *  - A sum behind those becomes a residual within the long sum (see Arithmetic).
 *
 * So this class only finds out, for every layer, how many batch norms may be folded into it, and for
 * every operand, how long the sum is in which it may end up. It allows the fusion wherever the graph
 * has the pattern, whether or not a planner makes use of it; the bound holds for both, and grows by
 * little: by R/K for a convolution of K products, R being the roundings of a batch norm. Activations
 * fused behind an operation, and linear layers done as 1×1 convolutions, change no rounding at all.
 */

/** Where the layers of a network may be fused, as far as rounding is concerned. */
final class Fusion {
  private final Map<String, Integer> folds = new HashMap<>();
  private final Map<String, Long> terms = new HashMap<>();

  Fusion(Network network) {
    for (Node node : network.nodes()) {
      if (node.layer() instanceof BatchNorm) {
        countFold(network, node.inputs().getFirst());
      }
    }
  }

  /** Adds one to all behind which a batch norm that reads {@code start} can be folded. */
  private void countFold(Network network, String start) {
    String value = start;
    while (!network.inputs().containsKey(value)) {
      Node node = network.node(value);
      if (!isLongSum(node.layer()) && !passesSum(node.layer())) {
        return;
      }
      folds.merge(value, 1, Integer::sum);
      if (isLongSum(node.layer())) {
        return;
      }
      value = node.inputs().getFirst();
    }
  }

  /** What to allow for at this node; its inputs must have been noted. */
  Allowance allowance(Node node) {
    List<Long> operandTerms =
        node.inputs().stream().map(input -> terms.getOrDefault(input, 0L)).toList();
    return new Allowance(folds.getOrDefault(node.name(), 0), operandTerms);
  }

  /** Notes a node whose operation sums {@code ownTerms} products. */
  void note(Node node, long ownTerms) {
    if (isLongSum(node.layer())) {
      terms.put(node.name(), ownTerms);
    } else if (passesSum(node.layer())) {
      terms.put(node.name(), terms.getOrDefault(node.inputs().getFirst(), 0L));
    }
  }

  private static boolean isLongSum(Layer layer) {
    return layer instanceof Conv2d || layer instanceof ConvTranspose2d || layer instanceof Linear;
  }

  /** Layers that vanish in planning, so that what is behind them meets the sum before them. */
  private static boolean passesSum(Layer layer) {
    return layer instanceof BatchNorm || layer instanceof Dropout;
  }
}
