// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.ConvSpec;
import org.jspecify.annotations.Nullable;

/** Distances that are written into instructions have 32 bits. */
final class Distances {
  private Distances() {}

  /** Why a convolution is too large for them, or null. Generous: the largest is one image's. */
  static @Nullable String refusal(ConvSpec spec) {
    long input = LaneConvolution.Geometry.of(spec, 1, Isa.AVX512).input().image();
    long output = spec.output().bytes() / spec.n();
    long weights = spec.weight().bytes();
    long largest = Math.max(Math.max(input, output), weights) * Isa.AVX512.lanes();
    return largest <= Integer.MAX_VALUE
        ? null
        : "an image or the weights are over the limit of "
            + Integer.MAX_VALUE / Isa.AVX512.lanes()
            + " bytes";
  }
}
