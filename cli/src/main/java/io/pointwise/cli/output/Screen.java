// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The two output streams, and what may be done to them.
 *
 * @param out results
 * @param err warnings, progress, failures
 * @param colour whether results may be coloured
 * @param live whether progress may be drawn on {@code err}
 */
public record Screen(PrintWriter out, PrintWriter err, boolean colour, boolean live) {
  /** Streams without colours and progress. */
  public static Screen plain(PrintWriter out, PrintWriter err) {
    return new Screen(out, err, false, false);
  }

  /** The streams of this process. */
  public static Screen ofProcess() {
    String noColor = System.getenv("NO_COLOR");
    boolean allowed =
        (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    return new Screen(
        writer(FileDescriptor.out, "stdout.encoding"),
        writer(FileDescriptor.err, "stderr.encoding"),
        allowed && Terminal.isOutput(),
        Terminal.isError());
  }

  private static PrintWriter writer(FileDescriptor descriptor, String encodingProperty) {
    Charset charset =
        Charset.forName(System.getProperty(encodingProperty, "UTF-8"), StandardCharsets.UTF_8);
    Writer writer = new OutputStreamWriter(new FileOutputStream(descriptor), charset);
    boolean unicode = charset.newEncoder().canEncode("×→µ–…");
    return new PrintWriter(unicode ? writer : new AsciiWriter(writer), false);
  }

  /** Prints a sentence on as many lines as it needs. */
  public void paragraph(String text) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > Table.MAX_WIDTH) {
        out.println(line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    out.println(line);
  }

  /** Writes out what is buffered. */
  public void flush() {
    out.flush();
    err.flush();
  }
}
