// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.subject;

import io.pointwise.layer.Softmax;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.network.Node;
import io.pointwise.tensor.Tensor;

/**
 * A network of the literature at one batch size, without the softmax at its end: that would make
 * one of most random outputs and nothing of all others, and so hide what is wrong with them.
 *
 * @param name as {@link Networks} has it
 * @param batch images in a run
 * @param seed of weights and input
 * @param network for that batch
 * @param input {@code [batch, c, h, w]}, from −1 to 1
 */
public record NetworkCase(String name, int batch, long seed, Network network, Tensor input)
    implements Subject {
  public static NetworkCase of(String name, int batch, long seed) {
    return of(Networks.get(name, seed), batch, seed);
  }

  /**
   * Any network of one input and one output.
   *
   * @param seed of the input
   */
  public static NetworkCase of(Network whole, int batch, long seed) {
    Network network = withoutSoftmax(whole).withBatch(batch);
    Tensor input = RandomInput.of(network.inputs().values().iterator().next(), seed);
    return new NetworkCase(whole.name(), batch, seed, network, input);
  }

  private static Network withoutSoftmax(Network network) {
    Node last = network.nodes().getLast();
    if (!(last.layer() instanceof Softmax)) {
      return network;
    }
    Network.Graph graph = Network.graph(network.name());
    network.inputs().forEach(graph::input);
    for (Node node : network.nodes().subList(0, network.nodes().size() - 1)) {
      graph.add(node.name(), node.layer(), node.weights(), node.inputs());
    }
    return graph.build(last.inputs());
  }

  /** Name and batch, for progress and messages. */
  public String title() {
    return name + ", batch " + batch;
  }
}
