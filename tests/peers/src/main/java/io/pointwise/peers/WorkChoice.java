// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.bench.LayerSpecParser;
import io.pointwise.cli.bench.Suites;
import io.pointwise.cli.bench.Workload;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.network.Networks;
import io.pointwise.peers.report.PagePart;
import io.pointwise.peers.subject.OtherLayers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is measured. Use as a mixin. */
final class WorkChoice {
  private static final int MAX_BATCH = 1024;

  @Option(
      names = "--layer",
      paramLabel = "SPEC",
      description = "A layer, as in pointwise bench (repeatable).")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description =
          "As in pointwise bench; default: reference, unless something else is asked for.")
  private @Nullable String suite;

  @Option(
      names = "--others",
      paramLabel = "SEED",
      description =
          "Also random layers of the kinds of the reference suite: batch 8, odd sizes, few"
              + " channels, stride 2.")
  private @Nullable Long others;

  @Option(
      names = "--network",
      split = ",",
      paramLabel = "NAME",
      description = "Whole networks: squeezenet, googlenet, mobilenet, resnet50 and the like.")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "N",
      description = "Images in a run of a network; default 1.")
  private List<Integer> batches = new ArrayList<>();

  @Option(
      names = "--first-run",
      description =
          "Networks also from cold, in several processes: the way to the first result and the runs"
              + " after it.")
  private boolean firstRun;

  /**
   * Layers that are summed up together.
   *
   * @param random whether a seed chose them
   */
  record Group(String name, boolean random, List<Workload> workloads) {}

  /** Fails unless all names and numbers are right. */
  void check() {
    groups();
    batches();
    for (String name : networks) {
      if (!Networks.names().contains(name)) {
        throw CommandFailure.usage(
            "--network: there is no network \""
                + name
                + "\"; the networks are "
                + String.join(", ", Networks.names()));
      }
    }
    if (networks.isEmpty() && firstRun) {
      throw CommandFailure.usage("--first-run is about networks: --network names them");
    }
    if (networks.isEmpty() && !batches.isEmpty()) {
      throw CommandFailure.usage("--batch is about networks: --network names them");
    }
  }

  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    boolean nothing = layers.isEmpty() && others == null && networks.isEmpty();
    if (suite != null || nothing) {
      String name = suite == null ? "reference" : suite;
      List<Workload> workloads =
          Suites.get(name).stream()
              .flatMap(group -> group.workloads().stream())
              .filter(workload -> !workload.isComposite())
              .toList();
      groups.add(new Group(name, false, workloads));
    }
    if (!layers.isEmpty()) {
      groups.add(new Group("given", false, layers.stream().map(LayerSpecParser::parse).toList()));
    }
    if (others != null) {
      groups.add(new Group("others " + others, true, OtherLayers.of(others)));
    }
    return groups;
  }

  List<String> networks() {
    return networks.stream().distinct().toList();
  }

  List<Integer> batches() {
    for (int batch : batches) {
      if (batch < 1 || batch > MAX_BATCH) {
        throw CommandFailure.usage("--batch=" + batch + " must be from 1 to " + MAX_BATCH);
      }
    }
    return batches.isEmpty() ? List.of(1) : batches.stream().distinct().toList();
  }

  boolean firstRun() {
    return firstRun;
  }

  /** The parts of a page that this is for. */
  Set<PagePart> parts() {
    Set<PagePart> parts = EnumSet.noneOf(PagePart.class);
    groups().forEach(group -> parts.add(group.random() ? PagePart.OTHERS : PagePart.LAYERS));
    if (!networks.isEmpty()) {
      parts.add(PagePart.NETWORKS);
    }
    if (firstRun) {
      parts.add(PagePart.FIRST_RUNS);
    }
    return parts;
  }
}
