// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.bench.Workload;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Network;
import io.pointwise.network.Weights;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One convolution with everything that all contestants share.
 *
 * @param name for people
 * @param spec sizes
 * @param network the convolution alone
 * @param input {@code [n, ic, ih, iw]}, from −1 to 1
 */
record LayerCase(String name, ConvSpec spec, Network network, Tensor input) {
  static LayerCase of(Workload workload, long seed) {
    ConvSpec spec = workload.first();
    Network network = workload.network(seed);
    return new LayerCase(workload.name(), spec, network, random(spec.input(), seed));
  }

  /**
   * What the reference gives, with its bounds.
   *
   * @param winograd layers that are computed by Winograd's formula
   */
  Expected expected(Map<String, Winograd> winograd) {
    return Reference.run(network, List.of(input), winograd).getFirst();
  }

  /** {@code [oc, ic/groups, kh, kw]}. */
  Tensor weight() {
    return weights().get(Role.WEIGHT);
  }

  /** {@code [oc]}; zeros where the layer has none. */
  Tensor bias() {
    return spec.bias() ? weights().get(Role.BIAS) : Tensor.zeros(Shape.of(spec.oc()));
  }

  private Weights weights() {
    return network.nodes().getFirst().weights();
  }

  private static Tensor random(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, (float) (2 * random.nextDouble() - 1));
    }
    return tensor;
  }
}
