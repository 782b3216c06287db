// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.output.Progress;
import io.pointwise.device.Device;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Network;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.PlanOptions;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Measures groups of workloads on a device.
 *
 * <p>For each row: plan, run, compare the output with the reference; only if that is right, warm up
 * and take samples beside the other rows of the group; then look at the last output again. Weights
 * and inputs depend on the seed alone.
 */
final class Bench {
  /** A group's plans and what is known of them so far. */
  private record Entry(
      Workload workload,
      Blueprint blueprint,
      List<Candidate> candidates,
      List<Expected> expected,
      TimedPlan plan,
      Verification verification) {}

  private final Device device;
  private final PlanOptions options;
  private final @Nullable String algorithm;
  private final long seed;
  private final Sampler sampler;
  private final Progress progress;

  /**
   * @param algorithm see {@link Dispatches#of}
   */
  Bench(
      Device device,
      PlanOptions options,
      @Nullable String algorithm,
      long seed,
      Sampler sampler,
      Progress progress) {
    this.device = device;
    this.options = options;
    this.algorithm = algorithm;
    this.seed = seed;
    this.sampler = sampler;
    this.progress = progress;
  }

  GroupResult measure(WorkloadGroup group) {
    List<Entry> entries = new ArrayList<>();
    List<GroupResult.Refused> refused = new ArrayList<>();
    try {
      for (Workload workload : group.workloads()) {
        prepare(workload, entries, refused);
      }
      return new GroupResult(group, time(entries), List.copyOf(refused));
    } finally {
      entries.forEach(entry -> entry.plan().close());
      progress.clear();
    }
  }

  private void prepare(Workload workload, List<Entry> entries, List<GroupResult.Refused> refused) {
    Network network = workload.network(seed);
    Dispatches dispatches = Dispatches.of(workload, network, device, options, algorithm);
    dispatches
        .refusals()
        .forEach(refusal -> refused.add(new GroupResult.Refused(workload, refusal)));
    if (dispatches.blueprints().isEmpty()) {
      return;
    }
    progress.show("verifying " + workload.name());
    Tensor input = input(workload.first().input());
    Map<Map<String, Winograd>, List<Expected>> known = new HashMap<>();
    for (Blueprint blueprint : dispatches.blueprints()) {
      List<Expected> expected =
          known.computeIfAbsent(
              blueprint.winograd(),
              formulas -> Reference.run(network, List.of(input), formulas, options.precision()));
      TimedPlan plan = new TimedPlan(blueprint, device, input);
      Verification verification;
      try {
        verification = plan.verify(expected);
      } catch (RuntimeException | Error e) {
        plan.close();
        throw e;
      }
      entries.add(
          new Entry(workload, blueprint, dispatches.candidates(), expected, plan, verification));
    }
  }

  private List<GroupResult.Row> time(List<Entry> entries) {
    List<Entry> right = entries.stream().filter(entry -> entry.verification().ok()).toList();
    if (!right.isEmpty()) {
      progress.show("timing " + right.getFirst().workload().name());
    }
    List<Sampler.Samples> samples =
        right.isEmpty() ? List.of() : sampler.sample(right.stream().map(Entry::plan).toList());
    List<GroupResult.Row> rows = new ArrayList<>();
    for (Entry entry : entries) {
      int place = right.indexOf(entry);
      Verification verification = place < 0 ? entry.verification() : again(entry);
      rows.add(
          new GroupResult.Row(
              entry.workload(),
              Dispatches.algorithms(entry.blueprint()),
              Dispatches.reorders(entry.blueprint()),
              entry.candidates(),
              verification,
              verification.ok() ? samples.get(place) : null));
    }
    return List.copyOf(rows);
  }

  /** The last timed output has the bits of the verified one, or is within the bound itself. */
  private static Verification again(Entry entry) {
    return entry.plan().isUnchanged()
        ? entry.verification()
        : entry.plan().verifyLast(entry.expected());
  }

  private Tensor input(Shape shape) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, (float) (2 * random.nextDouble() - 1));
    }
    return tensor;
  }
}
