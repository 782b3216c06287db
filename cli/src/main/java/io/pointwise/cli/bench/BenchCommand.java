// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.bench.Reporter.GroupReport;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.DeviceLine;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.Progress;
import io.pointwise.cli.output.Screen;
import io.pointwise.cli.output.TextFile;
import io.pointwise.cli.output.Units;
import io.pointwise.cli.output.UserFile;
import io.pointwise.cpu.CpuDevice;
import io.pointwise.device.Device;
import io.pointwise.device.Devices;
import io.pointwise.layer.ConvSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times and verifies layers. */
@Command(
    name = "bench",
    description = {
      "Times and verifies layers: 1×1 against 3×3 and their relatives.",
      "Every output is compared with the reference before and after timing; a wrong one gets no"
          + " time. Times are compute times on the device's clock, from NCHW to NCHW; transfers are"
          + " shown apart. A sample is one run of a long layer, the mean of a batch of runs of a"
          + " short one.",
      "On the CPU the peak of fused multiply-adds is measured between the samples, just before each"
          + " and with as many threads, and the two are paired: %% peak is the median of each"
          + " sample's speed / the peak before it, so that it holds on a machine that others slow"
          + " down at times."
    })
public final class BenchCommand implements Callable<Integer> {
  /** State of the caches before a run. */
  enum Cache {
    WARM,
    COLD
  }

  private final Session session;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--layer",
      paramLabel = "SPEC",
      description =
          "A layer as n=1,ic=512,ih=12,iw=12,oc=32,k=1 (repeatable). Keys: n ic ih iw oc k kh kw"
              + " stride strideH strideW pad padH padW padTop padLeft padBottom padRight dilation"
              + " dilationH dilationW groups bias name. Omitted: n, stride, dilation, groups 1; iw"
              + " as ih; pad keeps the size at stride 1 (even kernels: one more at the bottom and"
              + " right); groups=ic is depthwise; bias true.")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description = "article (default), reference, vgg16, resnet50, googlenet or mobilenet.")
  private @Nullable String suite;

  @Option(
      names = "--compare",
      split = ",",
      paramLabel = "VARIANT",
      description =
          "Variants of each --layer (or 512→32 @12×12) against the first: 1x1, 3x3, 5x5, another"
              + " KHxKW, bottleneck (1×1 to oc/4, 3×3, 1×1), separable (depthwise 3×3, 1×1).")
  private List<String> compare = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Samples a row; alone: exactly so many. Default: at least 30, and until --min-time has"
              + " passed.")
  private @Nullable Integer samples;

  @Option(
      names = "--min-time",
      paramLabel = "S",
      description = "Seconds that the samples of a row take at least; default 0.5.")
  private @Nullable Double minTime;

  @Option(
      names = "--cache",
      paramLabel = "STATE",
      description = "warm (default), or cold: caches are swept before each run.")
  private Cache cache = Cache.WARM;

  @Option(names = "--quick", description = "A few seconds in all: fewer samples, less warm-up.")
  private boolean quick;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides weights and inputs; default 42.")
  private long seed = 42;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "JSON of an earlier run: shows how many times as fast this one is.")
  private @Nullable String baseline;

  @Option(names = "--csv", paramLabel = "FILE", description = "Writes one line a row as CSV.")
  private @Nullable String csv;

  public BenchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<WorkloadGroup> groups = groups();
    Effort effort = Effort.of(quick, samples, minTime);
    json.check();
    if (csv != null) {
      UserFile.requireWritable(csv);
    }
    Baseline earlier = baseline == null ? null : Baseline.read(baseline);
    Devices.Selection selection = common.open(session);
    try (Device device = selection.device()) {
      String algorithm = common.algorithm();
      if (algorithm != null && !algorithm.equals(Dispatches.ALL)) {
        CommonOptions.requireKnown(algorithm, device, List.of(Dispatches.ALL));
      }
      List<GroupResult> measured;
      PeakMeter.Summary peak;
      try (PeakMeter meter = PeakMeter.open(device)) {
        measured = measure(device, meter, effort, groups);
        peak = meter == null ? null : meter.summary();
      }
      Reporter reporter =
          new Reporter(
              device.info(),
              threads(device),
              common.precision().name().toLowerCase(Locale.ROOT),
              earlier);
      List<GroupReport> reports = measured.stream().map(reporter::report).toList();
      write(selection, effort, reports, peak);
      return status(measured);
    }
  }

  private List<WorkloadGroup> groups() {
    if (suite != null && !compare.isEmpty()) {
      throw CommandFailure.usage("--compare goes with --layer, not with --suite");
    }
    List<Workload> given = layers.stream().map(LayerSpecParser::parse).toList();
    if (!compare.isEmpty()) {
      List<ConvSpec> bases =
          given.isEmpty()
              ? List.of(ArticleSuite.firstLayer())
              : given.stream().map(Workload::first).toList();
      return bases.stream().map(base -> Variants.compare(base, compare)).toList();
    }
    List<WorkloadGroup> groups = new ArrayList<>();
    if (suite != null || given.isEmpty()) {
      groups.addAll(Suites.get(suite == null ? Suites.ARTICLE : suite.toLowerCase(Locale.ROOT)));
    }
    given.forEach(layer -> groups.add(WorkloadGroup.of(layer)));
    return groups;
  }

  private List<GroupResult> measure(
      Device device, @Nullable PeakMeter meter, Effort effort, List<WorkloadGroup> groups) {
    CacheSweep sweep = cache == Cache.COLD ? new CacheSweep(device) : null;
    try {
      Sampler sampler = Sampler.ofJvm(effort, sweep, meter == null ? null : meter::sample);
      Progress progress = new Progress(session.screen());
      Bench bench =
          new Bench(
              device, common.planOptions(session), common.algorithm(), seed, sampler, progress);
      return groups.stream().map(bench::measure).toList();
    } finally {
      if (sweep != null) {
        sweep.close();
      }
    }
  }

  private void write(
      Devices.Selection selection,
      Effort effort,
      List<GroupReport> groups,
      PeakMeter.@Nullable Summary peak) {
    BenchReport report =
        new BenchReport(
            BenchReport.SCHEMA,
            HostEnvironment.of(session.devices(), selection, peak),
            new BenchReport.Settings(
                effort.samples(), effort.minNanos(), cache.name().toLowerCase(Locale.ROOT), seed),
            groups.stream().flatMap(group -> group.results().stream()).toList(),
            groups.stream().flatMap(group -> group.refused().stream()).toList(),
            groups.stream().flatMap(BenchCommand::comparisons).toList());
    if (!json.takesOutput()) {
      print(selection, groups, peak);
    }
    json.write(report, session.screen());
    if (csv != null) {
      TextFile.write(csv, BenchCsv.of(report.results()));
    }
  }

  private static java.util.stream.Stream<BenchReport.Comparisons> comparisons(GroupReport group) {
    return java.util.stream.Stream.ofNullable(group.comparisons());
  }

  private void print(
      Devices.Selection selection, List<GroupReport> groups, PeakMeter.@Nullable Summary peak) {
    Screen screen = session.screen();
    Device device = selection.device();
    List<String> details = new ArrayList<>();
    details.add("threads " + threads(device));
    if (device instanceof CpuDevice cpu) {
      details.add(
          cpu.vectorBits() == 0 ? "no vectors" : "vectors of " + cpu.vectorBits() + " bits");
    }
    if (peak != null) {
      details.add(
          "peak "
              + Units.digits(peak.median())
              + " GFLOP/s a core (median, best "
              + Units.digits(peak.best())
              + ")");
    }
    details.add(common.precision().name().toLowerCase(Locale.ROOT));
    details.add("caches " + cache.name().toLowerCase(Locale.ROOT));
    DeviceLine.print(screen, device.info(), String.join(", ", details), selection.skipped());
    new BenchTable(screen, groups, baseline != null).print(groups);
  }

  private int status(List<GroupResult> measured) {
    if (measured.stream().anyMatch(GroupResult::isWrong)) {
      session.screen().out().flush();
      session
          .screen()
          .err()
          .println("pointwise: an output differs from the reference by more than its bound");
      return ExitStatus.WRONG_RESULT;
    }
    if (measured.stream().allMatch(group -> group.rows().isEmpty())) {
      GroupResult.Refused first = measured.getFirst().refused().getFirst();
      throw CommandFailure.usage(
          "no layer could run: algorithm "
              + first.refusal().algorithm()
              + " refuses "
              + first.workload().name()
              + ": "
              + first.refusal().reason());
    }
    return ExitStatus.DONE;
  }

  private int threads(Device device) {
    if (device instanceof CpuDevice cpu) {
      return cpu.threads();
    }
    if (!device.info().kind().equals("cpu")) {
      return 1;
    }
    return common.threads() == 0 ? Runtime.getRuntime().availableProcessors() : common.threads();
  }
}
