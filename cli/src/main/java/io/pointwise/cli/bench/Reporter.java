// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.bench.BenchReport.CandidateJson;
import io.pointwise.cli.bench.BenchReport.Comparisons;
import io.pointwise.cli.bench.BenchReport.Ratios;
import io.pointwise.cli.bench.BenchReport.RefusedLayer;
import io.pointwise.cli.bench.BenchReport.Result;
import io.pointwise.cli.bench.BenchReport.Time;
import io.pointwise.cli.bench.BenchReport.Transfer;
import io.pointwise.cli.bench.GroupResult.Row;
import io.pointwise.device.DeviceInfo;
import io.pointwise.layer.Cost;
import io.pointwise.plan.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report's records of measured groups.
 *
 * @param device that ran
 * @param threads that computed
 * @param precision as in {@code --precision}
 * @param baseline an earlier run, or null
 */
record Reporter(DeviceInfo device, int threads, String precision, @Nullable Baseline baseline) {
  /** A group as reported. */
  record GroupReport(
      WorkloadGroup group,
      List<Result> results,
      List<RefusedLayer> refused,
      @Nullable Comparisons comparisons) {}

  GroupReport report(GroupResult measured) {
    List<Result> results = new ArrayList<>();
    for (Row row : measured.rows()) {
      Result result = result(row, measured.rows());
      results.add(baseline == null ? result : result.withBaselineRatio(baseline.ratio(result)));
    }
    List<RefusedLayer> refused =
        measured.refused().stream()
            .map(
                each ->
                    new RefusedLayer(
                        layer(each.workload()),
                        device.id(),
                        each.refusal().algorithm(),
                        each.refusal().reason()))
            .toList();
    return new GroupReport(
        measured.group(),
        List.copyOf(results),
        refused,
        measured.group().isComparison() ? comparisons(measured) : null);
  }

  private Result result(Row row, List<Row> siblings) {
    Workload workload = row.workload();
    Cost cost = workload.cost();
    Sampler.Samples samples = row.samples();
    Double gflops =
        samples == null
            ? null
            : Double.valueOf(cost.flops() / Math.max(1, Statistics.median(samples.compute())));
    return new Result(
        layer(workload),
        workload.isComposite()
            ? workload.parts().stream()
                .map(part -> LayerJson.of(LayerNames.of(part), part))
                .toList()
            : null,
        device.id(),
        device.simulated(),
        row.algorithm(),
        threads,
        precision,
        cost.parameters(),
        cost.macs(),
        cost.bytes(),
        samples == null ? null : time(samples),
        samples == null ? null : new Transfer(Math.round(Statistics.median(samples.transfer()))),
        gflops,
        samples == null ? null : fractionOfPeak(cost, samples),
        row.verification(),
        row.candidates().stream()
            .filter(each -> each.verdict() != Candidate.Verdict.INAPPLICABLE)
            .map(each -> candidate(each, workload, siblings))
            .toList(),
        row.reorders(),
        null);
  }

  /** Median over the samples of their speed / what all threads could do just before. */
  private @Nullable Double fractionOfPeak(Cost cost, Sampler.Samples samples) {
    if (samples.peaks().isEmpty()) {
      return null;
    }
    List<Double> gflopsPerThread =
        samples.compute().stream()
            .map(nanos -> cost.flops() / Math.max(1, nanos) / threads)
            .toList();
    return Statistics.pairedRatio(gflopsPerThread, samples.peaks());
  }

  private static LayerJson layer(Workload workload) {
    return LayerJson.of(workload.name(), workload.first());
  }

  private static Time time(Sampler.Samples samples) {
    return new Time(
        Math.round(Statistics.median(samples.compute())),
        Math.round(Statistics.percentile(10, samples.compute())),
        Math.round(Statistics.percentile(90, samples.compute())),
        samples.compute().size());
  }

  private static CandidateJson candidate(
      Candidate candidate, Workload workload, List<Row> siblings) {
    // What this run measured, else what an earlier one stored.
    Long median = candidate.medianNanos();
    for (Row row : siblings) {
      Double nanos = row.medianNanos();
      if (nanos != null
          && row.workload().equals(workload)
          && row.algorithm().equals(candidate.algorithm())) {
        median = Math.round(nanos);
      }
    }
    String refused = candidate.accepts() ? null : candidate.reason();
    return new CandidateJson(candidate.algorithm(), median, refused);
  }

  private static Comparisons comparisons(GroupResult measured) {
    WorkloadGroup group = measured.group();
    Workload base = group.workloads().getFirst();
    List<Ratios> rows = new ArrayList<>();
    for (Workload other : group.workloads().subList(1, group.workloads().size())) {
      Cost cost = other.cost();
      Cost baseCost = base.cost();
      rows.add(
          new Ratios(
              other.name(),
              (double) cost.parameters() / baseCost.parameters(),
              (double) cost.macs() / baseCost.macs(),
              (double) cost.bytes() / baseCost.bytes(),
              timeRatio(measured.first(other), measured.first(base))));
    }
    return new Comparisons(group.title(), base.name(), List.copyOf(rows), group.notes());
  }

  private static @Nullable Double timeRatio(@Nullable Row above, @Nullable Row below) {
    Sampler.Samples numerator = above == null ? null : above.samples();
    Sampler.Samples denominator = below == null ? null : below.samples();
    if (numerator == null || denominator == null) {
      return null;
    }
    double ratio = Statistics.pairedRatio(numerator.compute(), denominator.compute());
    return Double.isFinite(ratio) ? ratio : null;
  }
}
