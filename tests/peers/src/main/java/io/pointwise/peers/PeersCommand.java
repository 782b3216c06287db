// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.bench.LayerSpecParser;
import io.pointwise.cli.bench.Statistics;
import io.pointwise.cli.bench.Suites;
import io.pointwise.cli.bench.Workload;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.DeviceLine;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.Progress;
import io.pointwise.cli.output.Screen;
import io.pointwise.cpu.CpuDevice;
import io.pointwise.cpu.CpuPeak;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.Devices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        "Measures layers with Pointwise, ONNX Runtime and (1×1, on OpenCL) CLBlast: the same inputs"
            + " and threads, warm, in turn, all results compared.")
final class PeersCommand implements Callable<Integer> {
  /** How many threads PoCL makes; without it, one a core. */
  private static final String POCL_THREADS = "POCL_MAX_PTHREAD_COUNT";

  private final Session session;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--layer",
      paramLabel = "SPEC",
      description = "A layer, as in pointwise bench (repeatable).")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description = "As in pointwise bench; default: reference, unless there is a --layer.")
  private @Nullable String suite;

  @Option(
      names = "--peer",
      split = ",",
      paramLabel = "NAME",
      description = "onnxruntime, clblast; default: all.")
  private @Nullable List<String> names;

  @Option(
      names = "--update",
      paramLabel = "PAGE",
      description = "Also puts the table into this page, between its marks for the device.")
  private @Nullable String page;

  @Option(names = "--rounds", paramLabel = "N", description = "At least; default 25.")
  private int rounds = 25;

  @Option(names = "--min-time", paramLabel = "S", description = "Seconds a layer; default 2.")
  private double minTime = 2;

  @Option(names = "--seed", paramLabel = "N", description = "Of weights and inputs; default 42.")
  private long seed = 42;

  PeersCommand(Devices devices, Screen screen) {
    this.session = new Session(devices, screen, System::getenv);
  }

  @Override
  public Integer call() {
    List<Peer> peers = peers();
    List<Workload> workloads = workloads();
    json.check();
    Devices.Selection selection = common.open(session);
    try (Device device = selection.device()) {
      if (page != null) {
        PeersPage.check(page, device.info().kind());
      }
      PeersReport report = measure(selection, peers, workloads);
      List<String> shown =
          peers.stream()
              .map(Peer::label)
              .filter(name -> report.results().stream().anyMatch(row -> row.peer(name) != null))
              .toList();
      if (!json.takesOutput()) {
        DeviceLine.print(session.screen(), device.info(), details(report), selection.skipped());
        PeersTable.print(report, shown, session.screen());
      }
      json.write(report, session.screen());
      if (page != null) {
        PeersPage.update(page, device.info().kind(), report, shown);
      }
      return report.results().stream().allMatch(PeersReport.LayerResult::ok)
          ? ExitStatus.DONE
          : ExitStatus.WRONG_RESULT;
    }
  }

  private PeersReport measure(
      Devices.Selection selection, List<Peer> peers, List<Workload> workloads) {
    Device device = selection.device();
    int threads = threads(device);
    Progress progress = new Progress(session.screen());
    Optional<CpuPeak> peak =
        device.info().type() == DeviceInfo.Type.CPU ? CpuPeak.open(threads) : Optional.empty();
    List<Double> peaks = new ArrayList<>();
    List<PeersReport.LayerResult> results = new ArrayList<>();
    try {
      Rounds timing =
          new Rounds(
              rounds,
              Math.round(minTime * 1e9),
              peak.isEmpty()
                  ? null
                  : () -> {
                    double sample = peak.get().sample();
                    peaks.add(sample);
                    return sample;
                  });
      Comparing comparing =
          new Comparing(device, common.planOptions(device), peers, timing, threads);
      for (Workload workload : workloads) {
        progress.show(workload.name());
        results.add(comparing.measure(LayerCase.of(workload, seed)));
      }
    } finally {
      progress.clear();
      peak.ifPresent(CpuPeak::close);
    }
    Map<String, String> versions = new LinkedHashMap<>();
    peers.forEach(peer -> versions.put(peer.label(), peer.version()));
    return new PeersReport(
        PeersReport.SCHEMA,
        HostEnvironment.of(session.devices(), selection),
        versions,
        threads,
        peaks.isEmpty() ? null : Statistics.median(peaks),
        seed,
        results,
        PeersReport.summarize(peers.stream().map(Peer::label).toList(), results));
  }

  private static String details(PeersReport report) {
    Double peak = report.peakGflopsPerCore();
    return "threads "
        + report.threads()
        + (peak == null ? "" : ", peak " + Math.round(peak) + " GFLOP/s a core (median)")
        + ", beside "
        + report.versions();
  }

  private List<Peer> peers() {
    List<Peer> all = List.of(Peer.values());
    if (names == null) {
      return all;
    }
    List<String> wanted = names;
    List<String> known = all.stream().map(Peer::label).toList();
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw CommandFailure.usage(
            "--peer: there is no peer \"" + name + "\"; the peers are " + known);
      }
    }
    return all.stream().filter(peer -> wanted.contains(peer.label())).toList();
  }

  private List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    if (suite != null || layers.isEmpty()) {
      Suites.get(suite == null ? "reference" : suite)
          .forEach(
              group ->
                  group.workloads().stream()
                      .filter(workload -> !workload.isComposite())
                      .forEach(workloads::add));
    }
    layers.stream().map(LayerSpecParser::parse).forEach(workloads::add);
    return workloads;
  }

  /** Threads of the device; those of OpenCL on the CPU are set from outside the process. */
  private int threads(Device device) {
    if (device instanceof CpuDevice cpu) {
      return cpu.threads();
    }
    int cores = Runtime.getRuntime().availableProcessors();
    String limit = System.getenv(POCL_THREADS);
    if (limit != null && !limit.strip().matches("[1-9][0-9]{0,8}")) {
      throw CommandFailure.usage(POCL_THREADS + "=" + limit + " must be a number from 1 on");
    }
    int threads = limit == null ? cores : Math.min(cores, Integer.parseInt(limit.strip()));
    if (common.threads() != 0 && common.threads() != threads) {
      throw CommandFailure.usage(
          "--threads="
              + common.threads()
              + ": "
              + device.info().id()
              + " runs with "
              + threads
              + " threads, which the variable "
              + POCL_THREADS
              + " changes");
    }
    return threads;
  }
}
