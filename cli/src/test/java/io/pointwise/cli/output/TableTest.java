// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAligned() {
    Table table = new Table().left("name").right("n").row("a", "1").row("long name", "100");
    assertEquals(List.of("name         n", "a            1", "long name  100"), table.lines(false));
  }

  @Test
  void wideColumnsOfTextGiveWay() {
    Table table = new Table().left("name").left("how").right("n");
    table.row("x".repeat(110), "y".repeat(80), "123");
    List<String> lines = table.lines(false);
    assertTrue(lines.stream().allMatch(line -> line.length() <= 120), lines.toString());
    assertTrue(lines.getLast().endsWith("123"));
    assertTrue(lines.getLast().contains("x…  yyyyyyyyyyyyyyyyyyy…  123"), lines.getLast());
  }

  @Test
  void theLastCellOfAShortRowRunsOver() {
    Table table =
        new Table().left("name").left("b").right("c").row("a", "refused: too long a word");
    assertEquals("a     refused: too long a word", table.lines(false).getLast());
  }

  @Test
  void coloursDoNotChangeTheWidth() {
    Table table = new Table().left("a").left("b");
    table.row(List.of(new Table.Cell("yes", Table.Tone.GOOD), Table.Cell.of("x")));
    assertEquals("\u001b[32myes\u001b[0m  x", table.lines(true).getLast());
  }
}
