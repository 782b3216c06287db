// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.Session;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.DeviceLine;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.Devices;
import io.pointwise.peers.contestant.Peer;
import io.pointwise.peers.report.PeersPage;
import io.pointwise.peers.report.PeersReport;
import io.pointwise.peers.report.PeersTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The benchmark beside other libraries. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description =
        "Measures layers and networks with Pointwise and beside it with ONNX Runtime, PyTorch"
            + " (layers) and CLBlast (1×1, on OpenCL): the same inputs and threads, warm, in turn,"
            + " all results compared.")
final class PeersCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final DeviceChoice device = new DeviceChoice();

  @Mixin private final WorkChoice work = new WorkChoice();

  @Mixin private final Effort effort = new Effort();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--peer",
      split = ",",
      paramLabel = "NAME",
      description = "onnxruntime, pytorch, clblast; default: all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--update",
      paramLabel = "PAGE",
      description = "Also puts what was measured into this page, between its marks.")
  private @Nullable String page;

  @Option(names = "--seed", paramLabel = "N", description = "Of weights and inputs; default 42.")
  private long seed = 42;

  PeersCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Peer> peers = peers();
    work.check();
    effort.check();
    json.check();
    Opened opened = check();
    PeersReport report = new Benchmark(session, device, work, effort, peers, seed).measure();
    if (!json.takesOutput()) {
      DeviceLine.print(
          session.screen(), opened.info(), "beside " + report.versions(), opened.skipped());
      PeersTable.print(report, session.screen());
    }
    json.write(report, session.screen());
    if (page != null) {
      new PeersPage(page, opened.info().kind()).update(report, work.parts());
    }
    return report.isOk() ? ExitStatus.DONE : ExitStatus.WRONG_RESULT;
  }

  /** The device that will run, and those before it that do not work. */
  private record Opened(DeviceInfo info, Map<String, String> skipped) {}

  /** Fails before long work. */
  private Opened check() {
    Devices.Selection selection = device.open(session, device.threads().getFirst());
    try (Device opened = selection.device()) {
      device.check(session, opened);
      if (page != null) {
        new PeersPage(page, opened.info().kind()).check(work.parts());
      }
      return new Opened(opened.info(), selection.skipped());
    }
  }

  private List<Peer> peers() {
    List<Peer> all = List.of(Peer.values());
    List<String> known = all.stream().map(Peer::label).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw CommandFailure.usage(
            "--peer: there is no peer \"" + name + "\"; the peers are " + known);
      }
    }
    return names.isEmpty()
        ? all
        : all.stream().filter(peer -> names.contains(peer.label())).toList();
  }
}
