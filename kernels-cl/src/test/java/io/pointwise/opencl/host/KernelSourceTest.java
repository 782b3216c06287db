// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Includes are put in their place once, and lines keep their numbers. */
final class KernelSourceTest {
  @Test
  void includesComeOnce() {
    String source = KernelSource.of("batch_norm.cl");
    assertFalse(source.contains("#include"), source);
    assertEquals(source.indexOf("typedef INDEX"), source.lastIndexOf("typedef INDEX"));
    assertTrue(source.contains("#define ACTIVATE("), source);
  }

  @Test
  void linesKeepTheirFileAndNumber() {
    String[] lines = KernelSource.of("activate.cl").split("\n", -1);
    String file = "";
    int number = 0;
    for (String line : lines) {
      number++;
      if (line.startsWith("#line ")) {
        number = Integer.parseInt(line.split(" ", -1)[1]) - 1;
        file = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
      } else if (line.startsWith("__kernel")) {
        assertEquals("activate.cl", file);
        assertEquals(9, number);
      }
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> KernelSource.of("none.cl"));
    assertTrue(String.valueOf(failure.getMessage()).contains("none.cl"));
  }
}
