// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.output.Screen;
import io.pointwise.device.Devices;
import picocli.CommandLine;

/** Starts the comparison. */
public final class Peers {
  private Peers() {}

  /** Exit status: 0 done, 1 a result was wrong, 2 usage, 70 anything else. */
  public static void main(String[] args) {
    Screen screen = Screen.ofProcess();
    int status =
        new CommandLine(new PeersCommand(Devices.installed(), screen))
            .setOut(screen.out())
            .setErr(screen.err())
            .execute(args);
    screen.flush();
    System.exit(status);
  }
}
