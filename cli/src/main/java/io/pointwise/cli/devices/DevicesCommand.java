// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.devices;

import io.pointwise.cli.Session;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.Table;
import io.pointwise.cli.output.Table.Cell;
import io.pointwise.cli.output.Table.Tone;
import io.pointwise.cli.output.Units;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists devices; touches no class of networks or plans, so that it starts fast. */
@Command(
    name = "devices",
    description = "What can run here; for what cannot, the cause and the fix (the doctor).")
public final class DevicesCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final JsonOption json = new JsonOption();

  public DevicesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    json.check();
    DevicesReport report = DevicesReport.of(session.devices().probe());
    if (!json.takesOutput()) {
      print(report, session.screen());
    }
    json.write(report, session.screen());
    return ExitStatus.DONE;
  }

  private static void print(DevicesReport report, Screen screen) {
    Table table =
        new Table().left("device").left("status").right("memory").left("driver").left("name");
    for (DevicesReport.Entry entry : report.devices()) {
      boolean there = entry.reason() == null;
      table.row(
          List.of(
              Cell.of(entry.id()),
              new Cell(entry.status(), there ? Tone.GOOD : Tone.BAD),
              Cell.of(there ? Units.bytes(entry.memoryBytes()) : ""),
              Cell.of(entry.driver()),
              Cell.of(there ? entry.name() + " (" + entry.vendor() + ")" : "")));
    }
    table.print(screen);
    for (DevicesReport.Entry entry : report.devices()) {
      if (entry.reason() != null) {
        screen.out().println();
        screen.out().println(entry.id() + ": " + entry.reason());
        screen.out().println("  fix: " + entry.fix());
      }
      if (entry.note() != null) {
        screen.out().println();
        screen.out().println(entry.id() + ": " + entry.note());
      }
    }
  }
}
