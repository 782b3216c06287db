// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GemmShapeTest {
  @Test
  void ofAPointwiseConvolutionHasAnImageAsColumns() {
    assertEquals(
        new GemmShape(32, 144, 512, 4), GemmShape.of(ConvSpec.pointwise(4, 512, 12, 12, 32)));
  }

  @Test
  void ofAGroupedConvolutionIsOneProductAGroup() {
    ConvSpec spec = new ConvSpec(2, 12, 9, 9, 18, Window.square(3), 6, true);
    assertEquals(new GemmShape(3, 49, 2 * 9, 2 * 6), GemmShape.of(spec));
    assertEquals(spec.macs(), GemmShape.of(spec).macs());
  }

  @Test
  void ofAStridedPointwiseConvolutionHasTheOutputAsColumns() {
    ConvSpec spec = new ConvSpec(1, 256, 56, 56, 512, Window.square(1).stride(2), 1, false);
    assertEquals(new GemmShape(512, 784, 256, 1), GemmShape.of(spec));
  }

  @Test
  void countsColumnsInLongs() {
    ConvSpec spec = ConvSpec.pointwise(1, 1, 1 << 16, 1 << 16, 1);
    assertEquals(new GemmShape(1, 1L << 32, 1, 1), GemmShape.of(spec));
  }
}
