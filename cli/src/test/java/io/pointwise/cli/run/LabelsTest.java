// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
  @TempDir Path folder;

  private Labels read(String text) throws IOException {
    Path file = folder.resolve("labels.txt");
    Files.writeString(file, text);
    return Labels.read(file.toString());
  }

  @Test
  void eachLineIsAName() throws IOException {
    assertEquals(List.of("cat", "dog, hound"), read("cat\ndog, hound\n").names());
    assertEquals(List.of("cat", "dog"), read("cat\r\n dog \r\n\n").names());
  }

  @Test
  void numbersBeforeAllNamesAreLeftOut() throws IOException {
    assertEquals(List.of("cat", "dog, hound"), read("0,cat\n1,dog, hound\n").names());
    assertEquals(List.of("cat", "dog"), read("0: cat\n1: dog").names());
    assertEquals(List.of("cat", "dog"), read("0 cat\n1 dog").names());
  }

  @Test
  void numbersThatDoNotCountAreNames() throws IOException {
    assertEquals(List.of("1 cat", "2 dog"), read("1 cat\n2 dog").names());
    assertEquals(List.of("0", "1"), read("0\n1").names());
    assertEquals(List.of("n01440764 tench"), read("n01440764 tench").names());
  }

  @Test
  void filesWithoutTextAreRefused() throws IOException {
    assertThrows(CommandFailure.class, () -> read("\n"));
    Path binary = folder.resolve("binary");
    Files.write(binary, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> Labels.read(binary.toString()));
    assertTrue(String.valueOf(failure.getMessage()).endsWith("it is not text in UTF-8"));
  }
}
