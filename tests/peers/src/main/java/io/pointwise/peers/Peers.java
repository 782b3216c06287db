// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.Failures;
import io.pointwise.cli.Session;
import io.pointwise.cli.output.Screen;
import io.pointwise.device.Devices;
import picocli.CommandLine;

/** Starts the comparison. */
public final class Peers {
  private Peers() {}

  /** The exit statuses are those of {@code pointwise}. */
  public static void main(String[] args) {
    Screen screen = Screen.ofProcess();
    int status = run(new Session(Devices.installed(), screen, System::getenv), args);
    screen.flush();
    System.exit(status);
  }

  /** Runs the command and returns its exit status. */
  static int run(Session session, String... args) {
    Screen screen = session.screen();
    return new CommandLine(new PeersCommand(session))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(screen.out())
        .setErr(screen.err())
        .setExecutionExceptionHandler((failure, _, _) -> tell(failure, screen))
        .execute(args);
  }

  private static int tell(Throwable failure, Screen screen) {
    screen.err().println("peers: " + Failures.sentence(failure));
    return Failures.status(failure);
  }
}
