// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.tensor.Shape;
import java.util.List;

/** The networks of the literature on images so small that the reference is soon done. */
public final class SmallNetworks {
  private static final int FULL = 224;
  private static final int SMALL = 64;

  private SmallNetworks() {}

  /** With weights that the seed decides, for one image. */
  public static Network get(String name, long seed) {
    Network network = Networks.get(name, seed);
    Shape input = network.inputs().values().iterator().next();
    return input.dim(2) == FULL
        ? network.withInputs(List.of(Shape.of(1, input.dim(1), SMALL, SMALL)))
        : network;
  }
}
