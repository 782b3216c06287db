// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Property
  void nchwIsTheOrderOfTheShape(@ForAll("shapes") Shape shape) {
    long position = 0;
    for (int n = 0; n < shape.dim(0); n++) {
      for (int c = 0; c < shape.dim(1); c++) {
        for (int h = 0; h < shape.dim(2); h++) {
          for (int w = 0; w < shape.dim(3); w++) {
            assertEquals(position++, Layout.NCHW.index(shape, n, c, h, w));
          }
        }
      }
    }
    assertEquals(position, Layout.NCHW.elements(shape));
  }

  @Property
  void nhwcHasTheChannelsInnermost(@ForAll("shapes") Shape shape) {
    long position = 0;
    for (int n = 0; n < shape.dim(0); n++) {
      for (int h = 0; h < shape.dim(2); h++) {
        for (int w = 0; w < shape.dim(3); w++) {
          for (int c = 0; c < shape.dim(1); c++) {
            assertEquals(position++, Layout.NHWC.index(shape, n, c, h, w));
          }
        }
      }
    }
    assertEquals(position, Layout.NHWC.elements(shape));
  }

  /** Walks the memory block by block; what has no channel is padding, and is counted too. */
  // The ranges are so small that their ends come up anyway.
  @Property(edgeCases = EdgeCasesMode.NONE)
  void blockedHasBlocksOfChannelsInnermostAndPadsTheLast(
      @ForAll("shapes") Shape shape, @ForAll @IntRange(min = 1, max = 16) int block) {
    Layout layout = Layout.blocked(block);
    int channels = shape.dim(1);
    long position = 0;
    long padding = 0;
    for (int n = 0; n < shape.dim(0); n++) {
      for (int first = 0; first < channels; first += block) {
        for (int h = 0; h < shape.dim(2); h++) {
          for (int w = 0; w < shape.dim(3); w++) {
            for (int c = first; c < first + block; c++) {
              if (c < channels) {
                assertEquals(position, layout.index(shape, n, c, h, w));
              } else {
                padding++;
              }
              position++;
            }
          }
        }
      }
    }
    assertEquals(position, layout.elements(shape));
    assertEquals(position - padding, shape.elements());
    assertEquals(position * Float.BYTES, layout.bytes(shape));
  }

  @Provide
  Arbitrary<Shape> shapes() {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 4);
    Arbitrary<Integer> channels = Arbitraries.integers().between(0, 35);
    return Combinators.combine(small, channels, small, small).as(Shape::of);
  }

  @Test
  void countsInLongs() {
    Shape shape = Shape.of(2, 70_001, 200, 200);
    long last = 2L * 70_001 * 200 * 200 - 1;
    assertEquals(last, Layout.NCHW.index(shape, 1, 70_000, 199, 199));
    assertEquals(last, Layout.NHWC.index(shape, 1, 70_000, 199, 199));
    // 4376 blocks of 16, the last with one channel and 15 of padding.
    assertEquals(2L * 4376 * 200 * 200 * 16, Layout.blocked(16).elements(shape));
    assertEquals(
        2L * 4376 * 200 * 200 * 16 - 16, Layout.blocked(16).index(shape, 1, 70_000, 199, 199));
  }

  @Test
  void refusesPaddingThatOverflows() {
    Shape shape = Shape.of(1 << 30, 1, 1 << 30, 1);
    assertThrows(IllegalArgumentException.class, () -> Layout.blocked(16).elements(shape));
  }

  @Test
  void blockedIsForRankFourOnly() {
    Shape matrix = Shape.of(3, 5);
    assertEquals(15, Layout.NCHW.elements(matrix));
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Layout.blocked(8).elements(matrix))
                .getMessage());
    assertEquals("layout NCHW8c is for shapes of rank 4, got 3×5", message);
    assertThrows(IllegalArgumentException.class, () -> Layout.NCHW.index(matrix, 0, 0, 0, 0));
  }

  @Test
  void refusesABlockBelowOneOrOnAnUnblockedOrder() {
    assertThrows(IllegalArgumentException.class, () -> Layout.blocked(0));
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> new Layout(Layout.Order.NHWC, 8))
                .getMessage());
    assertTrue(message.contains("NHWC") && message.contains("8"), message);
  }

  @Test
  void isWrittenAsTheFieldWritesIt() {
    assertEquals("NCHW", Layout.NCHW.toString());
    assertEquals("NHWC", Layout.NHWC.toString());
    assertEquals("NCHW16c", Layout.blocked(16).toString());
  }
}
