// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * A layer of one input that moves elements about, or repeats or drops them, by steps that are the
 * same all along an axis. One kernel does all of these: see {@link StridedMap}.
 */
public sealed interface StridedLayer extends Layer
    permits Transpose, Slice, Expand, Unfold, ChannelShuffle {
  /**
   * Which input element each output element is.
   *
   * @throws InvalidSpecException if the input cannot be
   */
  StridedMap map(Shape input);

  @Override
  default Shape outputShape(List<Shape> inputs) {
    return map(Check.onlyInput(this, inputs)).output();
  }
}
