// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of operators in {@code docs/onnx.md} says what there is, no less and no more. */
final class OperatorsDocumentedTest {
  private static final Path GUIDE = Path.of("../docs/onnx.md");

  @Test
  void theGuideListsJustTheOperatorsThatThereAre() throws IOException {
    Set<String> listed = new TreeSet<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(GUIDE)) {
      inTable = line.startsWith("| family") || (inTable && line.startsWith("|"));
      if (inTable && !line.startsWith("| family") && !line.startsWith("| ---")) {
        String cell = line.split("\\|", -1)[2].replaceAll("\\([^)]*\\)", "").split(":", 2)[0];
        Pattern.compile(", *").splitAsStream(cell).map(String::strip).forEach(listed::add);
      }
    }
    Set<String> there = new TreeSet<>(Operators.names());
    // Read with the file, before operators are looked at.
    there.add("Constant");
    assertEquals(there, listed);
  }
}
