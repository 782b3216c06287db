// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.Table.Tone;

/** One line a case. */
final class ResultLine {
  private static final int STATUS_WIDTH = "UNSUPPORTED".length();

  private ResultLine() {}

  static void print(Screen screen, CaseResult result) {
    Tone tone =
        switch (result.status()) {
          case PASS -> Tone.GOOD;
          case FAIL -> Tone.BAD;
          case UNSUPPORTED -> Tone.PLAIN;
        };
    String status = result.status().name();
    String padding = " ".repeat(STATUS_WIDTH - status.length());
    String reason = result.line().isEmpty() ? "" : ": " + result.line();
    screen
        .out()
        .println(tone.apply(status, screen.colour()) + padding + "  " + result.name() + reason);
    screen.flush();
  }
}
