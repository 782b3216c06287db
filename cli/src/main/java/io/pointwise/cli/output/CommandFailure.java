// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.io.Serial;

/** Ends a command with a status of {@link ExitStatus} and one sentence for people. */
public final class CommandFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;

  private CommandFailure(int status, String sentence, Throwable cause) {
    super(sentence, cause);
    this.status = status;
  }

  private CommandFailure(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** The command line asks for something that cannot be. */
  public static CommandFailure usage(String sentence) {
    return new CommandFailure(ExitStatus.USAGE, sentence);
  }

  /** A file is missing, unreadable, unwritable or not understood. */
  public static CommandFailure file(String sentence) {
    return new CommandFailure(ExitStatus.FILE, sentence);
  }

  /** A file is missing, unreadable, unwritable or not understood. */
  public static CommandFailure file(String sentence, Throwable cause) {
    return new CommandFailure(ExitStatus.FILE, sentence, cause);
  }

  public int status() {
    return status;
  }
}
