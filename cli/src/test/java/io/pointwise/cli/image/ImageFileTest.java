// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.TestImages;
import io.pointwise.cli.output.CommandFailure;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
  @TempDir Path folder;

  @Test
  void coloursBecomePlanesOfRedGreenAndBlue() throws IOException {
    Picture picture =
        ImageFile.read(TestImages.rgb(folder.resolve("a.png"), 2, 0x010203, 0xFF8000));
    assertEquals("2×1", picture.size());
    assertEquals(3, picture.channels());
    assertEquals(1, picture.value(0, 0));
    assertEquals(255, picture.value(0, 1));
    assertEquals(2, picture.value(1, 0));
    assertEquals(128, picture.value(1, 1));
    assertEquals(3, picture.value(2, 0));
    assertEquals(0, picture.value(2, 1));
  }

  @Test
  void transparencyIsIgnored() throws IOException {
    String file = TestImages.argb(folder.resolve("a.png"), 2, 0x00102030, 0x80FF8000);
    Picture picture = ImageFile.read(file);
    assertEquals(0x10, picture.value(0, 0));
    assertEquals(0x30, picture.value(2, 0));
    assertEquals(0xFF, picture.value(0, 1));
  }

  @Test
  void greyLevelsAreThoseOfTheFile() throws IOException {
    Picture picture = ImageFile.read(TestImages.grey(folder.resolve("a.png"), 8, 3, 0, 100, 255));
    assertEquals(1, picture.channels());
    assertEquals(0, picture.value(0, 0));
    assertEquals(100, picture.value(0, 1));
    assertEquals(255, picture.value(0, 2));
  }

  @Test
  void sixteenBitsOfGreyAreScaled() throws IOException {
    Picture picture =
        ImageFile.read(TestImages.grey(folder.resolve("a.png"), 16, 3, 0, 32896, 65535));
    assertEquals(0, picture.value(0, 0));
    assertEquals(128, picture.value(0, 1), 1e-4);
    assertEquals(255, picture.value(0, 2));
  }

  @Test
  void jpegsAreRead() throws IOException {
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    int[] levels = new int[64];
    Arrays.fill(levels, 90);
    grey.getRaster().setPixels(0, 0, 8, 8, levels);
    Path file = folder.resolve("a.jpg");
    ImageIO.write(grey, "jpg", file.toFile());
    Picture picture = ImageFile.read(file.toString());
    assertEquals(1, picture.channels());
    assertEquals(90, picture.value(0, 20), 1);
  }

  @Test
  void whatIsNoImageIsToldInASentence() throws IOException {
    Path text = folder.resolve("text.png");
    Files.writeString(text, "hello");
    assertTrue(refusal(text).endsWith("text.png: it is no image in a known format"));
    assertTrue(refusal(folder.resolve("none.png")).endsWith("there is no such file"));
    assertTrue(refusal(folder).endsWith("it is a folder"));
  }

  @Test
  void damagedImagesAreToldInASentence() throws IOException {
    Path whole = folder.resolve("a.png");
    int[] pixels = new int[64 * 64];
    Arrays.setAll(pixels, i -> i * 7919 & 0xFFFFFF);
    TestImages.rgb(whole, 64, pixels);
    byte[] bytes = Files.readAllBytes(whole);
    Path part = folder.resolve("part.png");
    for (int length : new int[] {20, 40, 100, bytes.length / 2}) {
      Files.write(part, Arrays.copyOf(bytes, length));
      assertTrue(refusal(part).startsWith("cannot read " + part + ": "));
    }
  }

  private static String refusal(Path file) {
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> ImageFile.read(file.toString()));
    return String.valueOf(failure.getMessage());
  }
}
