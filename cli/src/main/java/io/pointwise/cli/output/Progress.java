// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

/** One line on the error stream that says what is going on; nothing when that is not a terminal. */
public final class Progress {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final Screen screen;

  public Progress(Screen screen) {
    this.screen = screen;
  }

  /** Replaces the line. */
  public void show(String text) {
    write(ERASE_LINE + text);
  }

  /** Removes the line. */
  public void clear() {
    write(ERASE_LINE);
  }

  private void write(String text) {
    if (screen.live()) {
      screen.err().print(text);
      screen.err().flush();
    }
  }
}
