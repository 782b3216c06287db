// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.TextFile;
import java.util.Set;

/**
 * What was measured, as parts of a page: the text between {@code <!-- peers DEVICE PART -->} and
 * the next {@code <!-- end -->} is replaced, so that no figure is copied by hand.
 */
public final class PeersPage {
  private static final String END = "<!-- end -->";

  private final String file;
  private final String kind;

  /**
   * @param file an existing Markdown file with the marks
   * @param kind of the device, {@code cpu}
   */
  public PeersPage(String file, String kind) {
    this.file = file;
    this.kind = kind;
  }

  /** Fails now, and not after long work, if the page lacks one of these parts. */
  public void check(Set<PagePart> parts) {
    String text = TextFile.read(file);
    parts.forEach(part -> replaced(text, part, ""));
  }

  /** Replaces these parts with what the report has of them, and leaves the others. */
  public void update(PeersReport report, Set<PagePart> parts) {
    String text = TextFile.read(file);
    for (PagePart part : parts) {
      text = replaced(text, part, PartText.of(report, part));
    }
    TextFile.write(file, text);
  }

  private String replaced(String text, PagePart part, String content) {
    String begin = "<!-- peers " + kind + " " + part.label() + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(END, Math.max(0, from));
    if (from < 0 || to < 0) {
      throw CommandFailure.usage(
          "--update=" + file + ": it has no part from " + begin + " to " + END);
    }
    return text.substring(0, from + begin.length()) + "\n\n" + content + "\n" + text.substring(to);
  }
}
