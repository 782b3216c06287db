// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import io.pointwise.cli.output.Screen;
import io.pointwise.device.Devices;

/** Starts the command line of this process. */
public final class Main {
  private Main() {}

  /** Runs a command; the process ends with its status. */
  public static void main(String[] args) {
    Screen screen = Screen.ofProcess();
    int status = new Pointwise(Devices.installed(), screen, System::getenv).run(args);
    screen.flush();
    System.exit(status);
  }
}
