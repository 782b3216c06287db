// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.output.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table before it is known where it goes: to a terminal or into a page. */
final class Grid {
  private record Column(String title, boolean right) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds columns whose text begins at their left edge. */
  Grid left(String... titles) {
    Arrays.stream(titles).forEach(title -> columns.add(new Column(title, false)));
    return this;
  }

  /** Adds columns whose text ends at their right edge. */
  Grid right(String... titles) {
    Arrays.stream(titles).forEach(title -> columns.add(new Column(title, true)));
    return this;
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not a cell for each column
   */
  void row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells for " + columns.size() + " columns: " + cells);
    }
    rows.add(List.copyOf(cells));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  Table table() {
    Table table = new Table();
    for (Column column : columns) {
      if (column.right()) {
        table.right(column.title());
      } else {
        table.left(column.title());
      }
    }
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    return table;
  }

  String markdown() {
    StringBuilder text = new StringBuilder(line(columns.stream().map(Column::title).toList()));
    text.append(line(columns.stream().map(column -> column.right() ? "---:" : "---").toList()));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
