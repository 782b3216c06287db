// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.TestImages;
import io.pointwise.cli.output.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  @TempDir Path folder;

  private static byte[] twoImages() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TestImages.idxImages(bytes, 2, 3, 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255);
    return bytes.toByteArray();
  }

  private String write(byte... bytes) throws IOException {
    Path file = folder.resolve("images");
    Files.write(file, bytes);
    return file.toString();
  }

  @Test
  void imagesAreReadPlainAndCompressed() throws IOException {
    Path compressed = folder.resolve("images.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      out.write(twoImages());
    }
    for (String file : new String[] {write(twoImages()), compressed.toString()}) {
      GreyImages images = IdxFile.images(file);
      assertEquals(2, images.count());
      Picture second = images.picture(1);
      assertEquals("3×2", second.size());
      assertEquals(250, second.value(0, 0));
      assertEquals(255, second.value(0, 5));
    }
  }

  @Test
  void labelsAreRead() throws IOException {
    String file = TestImages.idxLabels(folder.resolve("labels"), 7, 0, 200);
    assertArrayEquals(new byte[] {7, 0, (byte) 200}, IdxFile.labels(file));
  }

  @Test
  void filesThatEndTooEarlyAreRefused() throws IOException {
    byte[] whole = twoImages();
    for (int length = 0; length < whole.length; length++) {
      String file = write(Arrays.copyOf(whole, length));
      String refusal = refusal(file);
      assertTrue(refusal.contains("it is cut off"), refusal);
    }
    assertTrue(
        refusal(write(Arrays.copyOf(whole, whole.length - 2)))
            .endsWith("it is cut off: 10 of 12 bytes are there"));
  }

  @Test
  void compressedFilesThatEndTooEarlyAreRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(twoImages());
    }
    byte[] whole = bytes.toByteArray();
    for (int length = 0; length < whole.length; length++) {
      String refusal = refusal(write(Arrays.copyOf(whole, length)));
      assertTrue(refusal.startsWith("cannot read "), refusal);
    }
  }

  @Test
  void excessBytesAreRefused() throws IOException {
    byte[] whole = twoImages();
    String refusal = refusal(write(Arrays.copyOf(whole, whole.length + 1)));
    assertTrue(refusal.endsWith("it holds more than the 12 bytes that it says"), refusal);
  }

  @Test
  void otherTypesAndDimensionsAreRefused() throws IOException {
    String labels = TestImages.idxLabels(folder.resolve("labels"), 1, 2);
    assertTrue(refusal(labels).contains("it holds no images: "), refusal(labels));
    String refusal = refusal(write(HexFormat.of().parseHex("00000d0300000000")));
    assertTrue(refusal.endsWith("these are of type 0x0d in 3"), refusal);
    assertTrue(refusal(write(HexFormat.of().parseHex("89504e47"))).endsWith("it is no idx file"));
  }

  @Test
  void hugeSizesAreRefusedBeforeTheyAreAllocated() throws IOException {
    String huge = write(HexFormat.of().parseHex("000008037fffffff7fffffff7fffffff"));
    assertTrue(refusal(huge).contains("more than 2³¹ bytes"));
    String negative = write(HexFormat.of().parseHex("00000803ffffffff0000000100000001"));
    assertTrue(refusal(negative).contains("more than 2³¹ bytes"));
    String large = write(HexFormat.of().parseHex("0000080300000001000080000000ffff"));
    assertTrue(refusal(large).contains("it is cut off: 0 of 2147450880 bytes"), refusal(large));
  }

  private static String refusal(String file) {
    CommandFailure failure = assertThrows(CommandFailure.class, () -> IdxFile.images(file));
    return String.valueOf(failure.getMessage());
  }
}
