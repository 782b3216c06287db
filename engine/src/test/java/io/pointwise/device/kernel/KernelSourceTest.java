// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Includes are put in their place once, and lines keep their numbers. */
final class KernelSourceTest {
  private static final Map<String, String> FILES =
      Map.of(
          "main.cl", "// first\n#include \"one.cl\"\n#include \"two.cl\"\nkernel\n",
          "one.cl", "one\n",
          "two.cl", "#include \"one.cl\"\ntwo\n");

  private static final KernelSource SOURCE =
      new KernelSource(
          file -> {
            String text = FILES.get(file);
            return text == null
                ? null
                : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
          });

  @Test
  void includesComeOnce() {
    String source = SOURCE.of("main.cl");
    assertTrue(source.lines().noneMatch(line -> line.startsWith("#include")), source);
    assertEquals(1, source.lines().filter(line -> line.equals("one")).count(), source);
  }

  @Test
  void linesKeepTheirFileAndNumber() {
    assertPlace("kernel", "main.cl", 4);
    assertPlace("one", "one.cl", 1);
    assertPlace("two", "two.cl", 2);
  }

  private static void assertPlace(String wanted, String wantedFile, int wantedLine) {
    String file = "";
    int number = 0;
    int found = 0;
    for (String line : SOURCE.of("main.cl").split("\n", -1)) {
      number++;
      if (line.startsWith("#line ")) {
        number = Integer.parseInt(line.split(" ", -1)[1]) - 1;
        file = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
      } else if (line.equals(wanted)) {
        found++;
        assertEquals(wantedFile, file);
        assertEquals(wantedLine, number);
      }
    }
    assertEquals(1, found, wanted);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> SOURCE.of("none.cl"));
    assertTrue(String.valueOf(failure.getMessage()).contains("none.cl"));
  }
}
