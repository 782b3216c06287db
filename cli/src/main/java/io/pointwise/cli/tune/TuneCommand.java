// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tune;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.bench.LayerSpecParser;
import io.pointwise.cli.bench.Suites;
import io.pointwise.cli.bench.Workload;
import io.pointwise.cli.explain.NetworkOptions;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.DeviceLine;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.JsonOption;
import io.pointwise.cli.output.Progress;
import io.pointwise.device.Device;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.tuning.Tuning;
import io.pointwise.tuning.TuningEffort;
import io.pointwise.tuning.TuningStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the algorithms of a device on layers, and stores which is the fastest for each. */
@Command(
    name = "tune",
    description = {
      "Measures the candidates for each layer, stores the winners; bench, explain, run and verify"
          + " then use them (--no-tuned: not).",
      "Each algorithm that accepts a layer computes it from random numbers and is compared with the"
          + " reference, before it is timed and after; a wrong one is told, gets no time and is"
          + " never chosen. The times are medians of rounds in which the candidates take turns, on"
          + " the device's clock, the operands as near as caches let them be. Let nothing else use"
          + " the device meanwhile.",
      "What is stored holds for the same version of Pointwise, device, driver, threads and options;"
          + " what is stored already is not measured again (--again: is)."
    })
public final class TuneCommand implements Callable<Integer> {
  private static final long SEED = 42;
  private static final TuningEffort QUICK =
      new TuningEffort(Duration.ofMillis(20), 5, Duration.ofNanos(300_000));

  private final Session session;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Mixin private final NetworkOptions networks = new NetworkOptions();

  @Option(
      names = "--layer",
      paramLabel = "SPEC",
      description = "A layer as n=1,ic=512,ih=12,iw=12,oc=32,k=1, as in bench (repeatable).")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description = "article, reference, vgg16, resnet50, googlenet or mobilenet.")
  private @Nullable String suite;

  @Option(names = "--again", description = "Measures also what is stored.")
  private boolean again;

  @Option(names = "--quick", description = "Shorter warm-up, fewer and shorter rounds.")
  private boolean quick;

  public TuneCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (common.notTuned()) {
      throw CommandFailure.usage("--no-tuned: tune stores what it measures");
    }
    List<Network> wanted = networks();
    json.check();
    TuningStore store =
        session
            .tuningStore()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "there is no folder for results: set POINTWISE_CACHE or HOME"));
    Devices.Selection selection = common.open(session);
    try (Device device = selection.device()) {
      List<TuneReport.Step> steps = measure(wanted, device, store);
      TuneReport report =
          TuneReport.of(
              HostEnvironment.of(session.devices(), selection),
              common.precision().name().toLowerCase(Locale.ROOT),
              store.file().toString(),
              steps);
      if (!json.takesOutput()) {
        DeviceLine.print(session.screen(), device.info(), report.precision(), selection.skipped());
        new TuneTable(report, session.screen()).print();
      }
      json.write(report, session.screen());
      return status(report, store);
    }
  }

  private List<Network> networks() {
    List<Network> wanted = new ArrayList<>();
    networks.given(json).ifPresent(wanted::add);
    if (suite != null) {
      Suites.get(suite.toLowerCase(Locale.ROOT)).stream()
          .flatMap(group -> group.workloads().stream())
          .map(workload -> workload.network(SEED))
          .forEach(wanted::add);
    }
    layers.stream()
        .map(LayerSpecParser::parse)
        .map((Workload workload) -> workload.network(SEED))
        .forEach(wanted::add);
    if (wanted.isEmpty()) {
      throw CommandFailure.usage("what is to be tuned? --layer, --suite, a network or a model");
    }
    return wanted;
  }

  private List<TuneReport.Step> measure(List<Network> wanted, Device device, TuningStore store) {
    Progress progress = new Progress(session.screen());
    PlanOptions own = common.planOptions(session, device).withTuning(Tuning.OFF);
    TuningEffort effort = quick ? QUICK : TuningEffort.DEFAULT;
    Tuning measured =
        new Tuning.Measured(store, effort, again, new TuneProgress(progress, session.screen()));
    List<TuneReport.Step> steps = new ArrayList<>();
    try {
      for (Network network : wanted) {
        Blueprint before = Planner.blueprint(network, device, own);
        Blueprint after = Planner.blueprint(network, device, own.withTuning(measured));
        steps.addAll(TuneReport.steps(before, after));
      }
    } finally {
      progress.clear();
    }
    return steps;
  }

  private int status(TuneReport report, TuningStore store) {
    store
        .failure()
        .ifPresent(
            sentence -> {
              throw CommandFailure.file(sentence);
            });
    boolean wrong =
        report.steps().stream()
            .flatMap(step -> step.candidates().stream())
            .anyMatch(candidate -> candidate.verdict().equals("rejected"));
    if (wrong) {
      session.screen().out().flush();
      session
          .screen()
          .err()
          .println("pointwise: a candidate was wrong or failed; it is not chosen, see its reason");
      return ExitStatus.WRONG_RESULT;
    }
    return ExitStatus.DONE;
  }
}
