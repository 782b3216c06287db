// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Mixes the channels of grouped convolutions (Zhang et al., "ShuffleNet", 2017): {@code [n, c, h,
 * w]} seen as {@code [n, groups, c/groups, h, w]}, the two channel axes exchanged.
 *
 * @param groups divides the channels
 */
public record ChannelShuffle(int groups) implements StridedLayer {
  public ChannelShuffle {
    Check.atLeast("channel-shuffle groups", groups, 1);
  }

  @Override
  public String kind() {
    return "channel-shuffle";
  }

  @Override
  public StridedMap map(Shape input) {
    Check.rank(this, input, 4);
    Check.divides("groups", groups, "channels", input.dim(1));
    int perGroup = input.dim(1) / groups;
    long plane = input.elements(2, 4);
    return new StridedMap(
        input,
        0,
        List.of(input.dim(0), perGroup, groups, input.dim(2), input.dim(3)),
        List.of(input.dim(1) * plane, plane, perGroup * plane, (long) input.dim(3), 1L));
  }
}
