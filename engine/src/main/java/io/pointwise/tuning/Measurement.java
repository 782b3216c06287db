// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * Every candidate computes the step once, from the same random inputs, into memory full of NaN, and is
 * compared with the reference; a wrong one is out. The others warm up, one after the other. Then rounds:
 * in each every candidate gives one sample, so that what drifts (clocks, other load) meets all alike; the
 * median of its samples is its time. Last, each result is compared once more, since a mistake of
 * synchronisation may show only after many runs.
 *
 * A sample is the mean of some runs, one behind the other, between two marks on the device's clock. Where
 * a device can record work, they are recorded, so that what is timed is the device and not the host that
 * enqueues, as it is when a plan runs.
 *
 * What it does not see: the operands of a run are those of the run before, so they are as near as caches
 * let them be; in a network they may be farther. And a candidate is judged by itself: a layout that makes
 * the steps behind it faster gets no credit for that.
 */

/** Verifies and times the candidates of a step. */
final class Measurement {
  private final Device device;
  private final TuningEffort effort;
  private @Nullable DeviceException failure;

  Measurement(Device device, TuningEffort effort) {
    this.device = device;
    this.effort = effort;
  }

  /**
   * One outcome each, in order.
   *
   * @throws DeviceException if no candidate gives a right result
   */
  List<Outcome> of(Contest contest) {
    List<Tensor> inputs = TrialInputs.random(contest.step());
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    try (Trials trials = new Trials(device, contest, inputs)) {
      Judge judge = new Judge(contest, inputs);
      List<Trial> running = new ArrayList<>();
      for (Contender contender : contest.contenders()) {
        attempt(
            trials,
            contender,
            outcomes,
            () -> {
              Trial trial = trials.open(contender);
              trial.runUnset();
              if (isRight(trial, judge, outcomes)) {
                running.add(trial);
              }
            });
      }
      time(trials, running, outcomes);
      for (Trial trial : running) {
        attempt(trials, trial.contender(), outcomes, () -> isRight(trial, judge, outcomes));
      }
    }
    if (outcomes.values().stream().noneMatch(Outcome.Timed.class::isInstance)) {
      throw hopeless(contest, outcomes);
    }
    return contest.names().stream().map(outcomes::get).toList();
  }

  private DeviceException hopeless(Contest contest, Map<String, Outcome> outcomes) {
    return failure != null
        ? failure
        : new DeviceException(
            "step "
                + contest.step().name()
                + ": every candidate computes it wrongly: "
                + outcomes.values());
  }

  /** A failing device fails one candidate, not the plan. */
  private void attempt(
      Trials trials, Contender contender, Map<String, Outcome> outcomes, Runnable part) {
    try {
      part.run();
    } catch (DeviceException e) {
      trials.settle();
      failure = failure == null ? e : failure;
      outcomes.put(
          contender.name(), new Outcome.Failed(contender.name(), String.valueOf(e.getMessage())));
    }
  }

  private static boolean isRight(Trial trial, Judge judge, Map<String, Outcome> outcomes) {
    Optional<String> mistake = judge.mistake(trial.contender(), trial.result());
    String name = trial.contender().name();
    mistake.ifPresent(reason -> outcomes.put(name, new Outcome.Wrong(name, reason)));
    return mistake.isEmpty();
  }

  private void time(Trials trials, List<Trial> running, Map<String, Outcome> outcomes) {
    List<Series> all = new ArrayList<>();
    WarmUp warmUp = WarmUp.ofJvm();
    for (Trial trial : running) {
      attempt(
          trials,
          trial.contender(),
          outcomes,
          () -> {
            double nanos = warmUp.run(effort.warmUp().toNanos(), () -> trial.nanosOf(1));
            all.add(new Series(trial, nanos, new ArrayList<>()));
          });
    }
    double fastest = all.stream().mapToDouble(Series::warmNanos).min().orElse(0);
    for (int round = 0; round < effort.rounds(); round++) {
      for (Series series : all) {
        boolean hopeless = series.warmNanos > TuningEffort.HOPELESS * fastest;
        if (!hopeless && !outcomes.containsKey(series.name())) {
          attempt(trials, series.trial.contender(), outcomes, () -> series.take(effort));
        }
      }
    }
    for (Series series : all) {
      if (!outcomes.containsKey(series.name())) {
        outcomes.put(series.name(), new Outcome.Timed(series.name(), series.medianNanos()));
      }
    }
  }

  /**
   * Times of a candidate.
   *
   * @param warmNanos of a run when it was warm
   * @param samples of the rounds; none for a hopeless one
   */
  private record Series(Trial trial, double warmNanos, List<Double> samples) {
    String name() {
      return trial.contender().name();
    }

    void take(TuningEffort effort) {
      samples.add(trial.nanosOf(effort.runs(warmNanos)));
    }

    long medianNanos() {
      return Math.round(samples.isEmpty() ? warmNanos : Median.of(samples));
    }
  }
}
