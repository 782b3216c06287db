// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.output.DeviceLine;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.device.Device;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Planner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what would become of a network on a device; makes no weights and runs nothing. */
@Command(
    name = "explain",
    description = "Shapes, cost, dispatch and memory of a network, without running it.")
public final class ExplainCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Mixin private final NetworkOptions networks = new NetworkOptions();

  public ExplainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Network wanted = networks.required(json);
    json.check();
    Devices.Selection selection = common.open(session);
    try (Device device = selection.device()) {
      Blueprint blueprint = Planner.blueprint(wanted, device, common.planOptions(session, device));
      ExplainReport report = ExplainReport.of(blueprint, selection.skipped());
      if (!json.takesOutput()) {
        session
            .screen()
            .out()
            .println("network: " + wanted.name() + ", inputs " + wanted.inputs().values());
        DeviceLine.print(session.screen(), device.info(), report.precision(), selection.skipped());
        new ExplainTable(report, session.screen()).print();
      }
      json.write(report, session.screen());
      return ExitStatus.DONE;
    }
  }
}
