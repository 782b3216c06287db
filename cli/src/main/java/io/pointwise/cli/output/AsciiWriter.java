// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** For terminals that cannot show them: the few signs beyond ASCII that tables use, in ASCII. */
final class AsciiWriter extends FilterWriter {
  AsciiWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    out.write(replace((char) c));
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(buffer[i]);
    }
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(text.charAt(i));
    }
  }

  private static String replace(char c) {
    return switch (c) {
      case '×' -> "x";
      case '→' -> ">";
      case 'µ' -> "u";
      case '–', '−' -> "-";
      case '·' -> ".";
      case '…' -> "~";
      case '≥' -> ">=";
      case '²' -> "2";
      default -> c < 128 ? String.valueOf(c) : "?";
    };
  }
}
