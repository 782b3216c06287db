// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Cost;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import java.util.List;

/**
 * What one row of a benchmark computes: a convolution, or a block of convolutions one after the
 * other.
 *
 * @param name for people
 * @param parts the convolutions; each takes what the one before it gives
 */
public record Workload(String name, List<ConvSpec> parts) {
  public Workload {
    parts = List.copyOf(parts);
    for (int i = 1; i < parts.size(); i++) {
      if (!parts.get(i).input().equals(parts.get(i - 1).output())) {
        throw new IllegalArgumentException(
            name
                + ": part "
                + i
                + " takes "
                + parts.get(i).input()
                + ", the one before it gives "
                + parts.get(i - 1).output());
      }
    }
  }

  public static Workload of(String name, ConvSpec... parts) {
    return new Workload(name, List.of(parts));
  }

  public static Workload of(ConvSpec spec) {
    return of(LayerNames.of(spec), spec);
  }

  /** The first, and mostly the only, convolution. */
  public ConvSpec first() {
    return parts.getFirst();
  }

  public boolean isComposite() {
    return parts.size() > 1;
  }

  /** Sum over the parts. */
  public Cost cost() {
    return parts.stream().map(ConvSpec::cost).reduce(Cost.ZERO, Cost::plus);
  }

  /** The parts as a network, with weights that the seed decides. */
  public Network network(long seed) {
    NetworkBuilder builder = Network.builder(name).input("input", first().input());
    for (int i = 0; i < parts.size(); i++) {
      ConvSpec part = parts.get(i);
      builder.layer(
          "conv-" + (i + 1), new Conv2d(part.oc(), part.window(), part.groups(), part.bias()));
    }
    return builder.build(seed);
  }
}
