// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.device.Precision;
import io.pointwise.layer.Reorder;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * Turns the catalogue into tests: each case with integer and with real data, as the planner has it,
 * guarded and not, and, where it is one step, pinned to each other algorithm that accepts it.
 */
final class CaseTests {
  private static final PlanOptions NORMAL = PlanOptions.DEFAULT.withMaxContexts(1);
  private static final PlanOptions GUARDED = NORMAL.withGuarded(true);

  private final Class<?> suite;
  private final Device device;
  private final ConformanceReport report;

  CaseTests(Class<?> suite, Device device, ConformanceReport report) {
    this.suite = suite;
    this.device = device;
    this.report = report;
  }

  Stream<DynamicNode> of(Family family) {
    List<ConformanceCase> selected =
        family.cases().stream().filter(c -> Repeat.selects(c.name())).toList();
    return selected.isEmpty()
        ? Stream.empty()
        : Stream.of(
            DynamicContainer.dynamicContainer(
                family.name(), selected.stream().flatMap(this::tests)));
  }

  private Stream<DynamicTest> tests(ConformanceCase source) {
    Stream<Data> kinds =
        ExactRange.amplitude(source.network()).isPresent()
            ? Stream.of(Data.INTEGER, Data.REAL)
            : Stream.of(Data.REAL);
    return kinds.flatMap(
        data -> tests(Sample.of(source, data, Repeat.seed(source.name(), data))).stream());
  }

  /** The cases of a family with real data in another arithmetic. */
  Stream<DynamicNode> of(Family family, Precision precision) {
    List<ConformanceCase> selected =
        family.cases().stream().filter(c -> Repeat.selects(c.name())).toList();
    return selected.isEmpty()
        ? Stream.empty()
        : Stream.of(
            DynamicContainer.dynamicContainer(
                family.name() + " in " + precision,
                selected.stream().flatMap(source -> tests(source, precision))));
  }

  private Stream<DynamicTest> tests(ConformanceCase source, Precision precision) {
    Sample sample = Sample.of(source, Data.REAL, Repeat.seed(source.name(), Data.REAL));
    PlanOptions options = GUARDED.withPrecision(precision);
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(test(sample, precision + ", guarded", options));
    for (String algorithm : alternatives(sample, options)) {
      tests.add(test(sample, precision + ", " + algorithm, options.withOnly(algorithm)));
    }
    return tests.stream();
  }

  private List<DynamicTest> tests(Sample sample) {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(test(sample, "guarded", GUARDED));
    tests.add(test(sample, "as planned", NORMAL));
    for (String algorithm : alternatives(sample, NORMAL)) {
      tests.add(test(sample, algorithm, GUARDED.withOnly(algorithm)));
    }
    return tests;
  }

  /** Names of the algorithms, other than the chosen one, that accept a sample which is one step. */
  private List<String> alternatives(Sample sample, PlanOptions options) {
    Blueprint blueprint;
    try {
      blueprint = Trial.blueprint(device, sample, options);
    } catch (TestAbortedException e) {
      return List.of();
    }
    List<PlannedStep> steps =
        blueprint.steps().stream()
            .filter(step -> !(step.step().operation() instanceof Reorder))
            .toList();
    return steps.size() != 1
        ? List.of()
        : steps.getFirst().candidates().stream()
            .filter(candidate -> candidate.verdict() == Candidate.Verdict.ACCEPTS)
            .map(Candidate::algorithm)
            .toList();
  }

  private DynamicTest test(Sample sample, String how, PlanOptions options) {
    String name = sample.name() + " [" + sample.data() + ", " + how + "]";
    return DynamicTest.dynamicTest(name, report.counted(name, () -> repeatable(sample, options)));
  }

  private void repeatable(Sample sample, PlanOptions options) {
    try {
      new Trial(device, sample).run(options);
    } catch (TestAbortedException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + Repeat.command(suite, sample), e);
    }
  }
}
