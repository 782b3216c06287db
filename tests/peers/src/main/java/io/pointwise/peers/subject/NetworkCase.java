// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.subject;

import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.tensor.Tensor;

/**
 * A network of the literature at one batch size.
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
    Network network = Networks.get(name, seed).withBatch(batch);
    Tensor input = RandomInput.of(network.inputs().values().iterator().next(), seed);
    return new NetworkCase(name, batch, seed, network, input);
  }

  /** Name and batch, for progress and messages. */
  public String title() {
    return name + ", batch " + batch;
  }
}
