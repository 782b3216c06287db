// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PictureTest {
  private static void assertPlane(Picture picture, int channel, double... expected) {
    assertEquals(expected.length, picture.plane());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], picture.value(channel, i), 1e-5, "pixel " + i);
    }
  }

  @Test
  void lumaWeighsRedGreenAndBlue() {
    Picture picture = new Picture(3, 1, 2, 100, 0, 0, 100, 10, 0).withChannels(1);
    assertEquals(1, picture.channels());
    // 0.299 · 100 + 0.114 · 10 and 0.587 · 100.
    assertPlane(picture, 0, 31.04, 58.7);
  }

  @Test
  void greyBecomesThreeEqualPlanes() {
    Picture picture = new Picture(1, 1, 2, 7, 9).withChannels(3);
    for (int channel = 0; channel < 3; channel++) {
      assertPlane(picture, channel, 7, 9);
    }
    assertSame(picture, picture.withChannels(3));
  }

  @Test
  void twiceAsWideIsAQuarterAndThreeQuartersOfTheWay() {
    // Middles at −0.25, 0.25, 0.75, 1.25 among those of the source at 0 and 1.
    assertPlane(new Picture(1, 1, 2, 0, 100).resized(1, 4), 0, 0, 25, 75, 100);
  }

  @Test
  void halfAsWideIsTheMeanOfPairs() {
    assertPlane(new Picture(1, 1, 4, 0, 10, 20, 50).resized(1, 2), 0, 5, 35);
  }

  @Test
  void aThirdAsWideIsTheMiddleOfEachThree() {
    assertPlane(new Picture(1, 1, 6, 1, 2, 9, 4, 5, 9).resized(1, 2), 0, 2, 5);
  }

  @Test
  void rowsAndColumnsAreInterpolatedTogether() {
    Picture picture = new Picture(1, 2, 2, 0, 100, 200, 300).resized(4, 4);
    assertPlane(
        picture, 0, 0, 25, 75, 100, 50, 75, 125, 150, 150, 175, 225, 250, 200, 225, 275, 300);
  }

  @Test
  void planesDoNotMix() {
    Picture picture = new Picture(3, 1, 2, 0, 4, 100, 104, 200, 204).resized(1, 1);
    assertPlane(picture, 0, 2);
    assertPlane(picture, 1, 102);
    assertPlane(picture, 2, 202);
  }

  @Test
  void onePixelFillsEverything() {
    assertPlane(new Picture(1, 1, 1, 42).resized(2, 2), 0, 42, 42, 42, 42);
  }

  @Test
  void theSameSizeIsLeftAlone() {
    Picture picture = new Picture(1, 1, 2, 0, 1);
    assertSame(picture, picture.resized(1, 2));
  }

  @Test
  void valuesMustBeAsManyAsPixels() {
    assertThrows(IllegalArgumentException.class, () -> new Picture(1, 2, 2, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Picture(2, 1, 1, 0, 1));
  }
}
