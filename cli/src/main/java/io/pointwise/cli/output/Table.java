// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aligned columns of text, at most {@value #MAX_WIDTH} wide. Where they do not fit, columns of text
 * give way: the second one down to {@value #ROOMY}, then the widest.
 */
public final class Table {
  static final int MAX_WIDTH = 120;
  private static final int LEAST_TEXT = 12;
  private static final int ROOMY = 20;
  private static final String GAP = "  ";

  /** How a cell stands out, where colours are allowed. */
  public enum Tone {
    PLAIN(""),
    HEAD("\u001b[1m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m");

    private final String code;

    Tone(String code) {
      this.code = code;
    }

    /** The text, with the signs that make it stand out if colours are allowed. */
    public String apply(String text, boolean colour) {
      return colour && this != PLAIN ? code + text + "\u001b[0m" : text;
    }
  }

  /** Text in a column. */
  public record Cell(String text, Tone tone) {
    public static Cell of(String text) {
      return new Cell(text, Tone.PLAIN);
    }
  }

  private final List<List<Cell>> rows = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final List<Cell> head = new ArrayList<>();

  /** Adds a column whose text begins at its left edge. */
  public Table left(String title) {
    return column(title, false);
  }

  /** Adds a column whose text ends at its right edge. */
  public Table right(String title) {
    return column(title, true);
  }

  private Table column(String title, boolean alignRight) {
    head.add(new Cell(title, Tone.HEAD));
    right.add(alignRight);
    return this;
  }

  /** Adds a row; cells that are left out at the end stay empty. */
  public Table row(String... cells) {
    return row(Arrays.stream(cells).map(Cell::of).toList());
  }

  /** Adds a row; the last cell of a row that is short may run over the columns after it. */
  public Table row(List<Cell> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The lines, without spaces at their ends. */
  public List<String> lines(boolean colour) {
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    lines.add(line(head, widths, colour));
    rows.forEach(row -> lines.add(line(row, widths, colour)));
    return lines;
  }

  /** Prints the lines. */
  public void print(Screen screen) {
    lines(screen.colour()).forEach(screen.out()::println);
  }

  private int[] widths() {
    int[] widths = head.stream().mapToInt(cell -> length(cell.text())).toArray();
    for (List<Cell> row : rows) {
      boolean runsOver = row.size() < head.size();
      for (int i = 0; i < row.size() - (runsOver ? 1 : 0); i++) {
        widths[i] = Math.max(widths[i], length(row.get(i).text()));
      }
    }
    int total = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    for (int excess = total - MAX_WIDTH; excess > 0; excess--) {
      boolean second = widths.length > 1 && widths[1] > ROOMY && !right.get(1);
      int widest = second ? 1 : widestOfText(widths);
      if (widths[widest] <= LEAST_TEXT) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private int widestOfText(int[] widths) {
    int widest = 0;
    for (int i = 0; i < widths.length; i++) {
      if (!right.get(i) && (right.get(widest) || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<Cell> cells, int[] widths, boolean colour) {
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        line.append(GAP);
        used += GAP.length();
      }
      boolean runsOver = i == cells.size() - 1 && cells.size() < widths.length;
      int width = runsOver ? Math.max(LEAST_TEXT, MAX_WIDTH - used) : widths[i];
      String text = cut(cells.get(i).text(), width);
      String padding = runsOver ? "" : " ".repeat(width - length(text));
      line.append(right.get(i) ? padding : "")
          .append(cells.get(i).tone().apply(text, colour))
          .append(right.get(i) ? "" : padding);
      used += width;
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
