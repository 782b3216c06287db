// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.output.RanDevice;
import io.pointwise.cli.output.SkippedDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document of {@code pointwise run --json}.
 *
 * @param schema name and version of this format
 * @param environment where it ran
 * @param model that ran
 * @param device that ran
 * @param skipped devices that were preferred but do not work
 * @param precision of the arithmetic
 * @param inputs of all runs
 * @param outputs of all runs
 * @param timing of repeated runs; null without {@code --repeat}
 * @param profile of the first run, step by step; null without {@code --profile}
 * @param accuracy over the images of {@code --idx-images}; null without
 */
record RunReport(
    String schema,
    HostEnvironment environment,
    ModelJson model,
    RanDevice device,
    List<SkippedDevice> skipped,
    String precision,
    List<InputJson> inputs,
    List<OutputJson> outputs,
    @Nullable TimingJson timing,
    @Nullable List<StepJson> profile,
    @Nullable AccuracyJson accuracy) {
  static final String SCHEMA = "pointwise-run/1";

  /** A model. */
  record ModelJson(String file, String name, List<ValueJson> inputs, List<ValueJson> outputs) {}

  /**
   * An input or output of the model.
   *
   * @param shape −1 where the model leaves it free
   */
  record ValueJson(String name, String type, List<Integer> shape) {}

  /**
   * An input of a run.
   *
   * @param run number of the run, from 0
   * @param files that it was read from: a tensor, or the images of a batch
   */
  record InputJson(int run, String name, List<String> files, String type, List<Integer> shape) {}

  /**
   * An output of a run.
   *
   * @param run number of the run, from 0
   * @param min smallest element; null where there is no number
   * @param max largest element
   * @param mean of the elements
   * @param nan elements that are not a number
   * @param first the first few elements
   * @param top highest scores, row by row; null where the output is not one score a class
   * @param file that it was written to, or null
   */
  record OutputJson(
      int run,
      String name,
      String type,
      List<Integer> shape,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable Double mean,
      long nan,
      List<@Nullable Double> first,
      @Nullable List<TopJson> top,
      @Nullable String file) {}

  /**
   * A class with a high score.
   *
   * @param row image in the batch
   * @param index of the class
   * @param label its name, or null
   * @param value its score, or null where that is no number
   */
  record TopJson(int row, int index, @Nullable String label, @Nullable Double value) {}

  /**
   * Times of repeated runs on the host's clock, transfers included.
   *
   * @param repeat runs of each input
   * @param images of a run; of other inputs the first dimension of the first one
   * @param latency of a run
   * @param throughput images a second
   */
  record TimingJson(
      int repeat,
      int images,
      @JsonProperty("latency_ns") LatencyJson latency,
      @JsonProperty("images_per_second") double throughput) {}

  /** Order statistics, in nanoseconds. */
  record LatencyJson(long median, long p10, long p90, int samples) {}

  /**
   * A step of the plan.
   *
   * @param layers that it computes; empty for a change of layout
   * @param operation what it computes
   * @param algorithm how
   * @param time median over the profiled runs
   * @param share of the sum over all steps, from 0 to 1
   */
  record StepJson(
      List<String> layers,
      String operation,
      String algorithm,
      @JsonProperty("time_ns") long time,
      double share) {}

  /**
   * How many images were classified as they should be.
   *
   * @param images all
   * @param correct those with the highest score at their label
   * @param accuracy their share, from 0 to 1
   * @param batch images at once
   * @param seconds of the whole pass, preparing the model included
   * @param throughput images a second over these seconds
   */
  record AccuracyJson(
      int images,
      int correct,
      double accuracy,
      int batch,
      double seconds,
      @JsonProperty("images_per_second") double throughput) {}
}
