// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.subject;

import io.pointwise.cli.bench.Workload;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.network.Network;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;

/**
 * One convolution with everything that all contestants share.
 *
 * @param name for people
 * @param spec sizes
 * @param network the convolution alone
 * @param input {@code [n, ic, ih, iw]}, from −1 to 1
 */
public record LayerCase(String name, ConvSpec spec, Network network, Tensor input)
    implements Subject {
  public static LayerCase of(Workload workload, long seed) {
    ConvSpec spec = workload.first();
    Network network = workload.network(seed);
    return new LayerCase(workload.name(), spec, network, RandomInput.of(spec.input(), seed));
  }

  /** {@code [oc, ic/groups, kh, kw]}. */
  public Tensor weight() {
    return weights().get(Role.WEIGHT);
  }

  /** {@code [oc]}; zeros where the layer has none. */
  public Tensor bias() {
    return spec.bias() ? weights().get(Role.BIAS) : Tensor.zeros(Shape.of(spec.oc()));
  }

  private Weights weights() {
    return network.nodes().getFirst().weights();
  }
}
