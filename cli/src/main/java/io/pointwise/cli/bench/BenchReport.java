// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document of {@code pointwise bench --json}.
 *
 * @param schema name and version of this format
 * @param environment where the numbers come from
 * @param settings how they were measured
 * @param results one for each row
 * @param refused what was asked for and cannot be
 * @param comparisons ratios within groups
 */
record BenchReport(
    String schema,
    HostEnvironment environment,
    Settings settings,
    List<Result> results,
    List<RefusedLayer> refused,
    List<Comparisons> comparisons) {
  static final String SCHEMA = "pointwise-bench/1";

  /** How it was measured. */
  record Settings(
      int samples, @JsonProperty("min_time_ns") long minTimeNanos, String cache, long seed) {}

  /**
   * A row.
   *
   * @param layer the convolution; of a block the first, with the block's name
   * @param layers all convolutions of a block; absent for a convolution on its own
   * @param device id of the device
   * @param simulated whether software played the device: then the result counts, the time does not
   * @param parameters weights and biases, of a block the sum
   * @param macs multiply-accumulates, of a block the sum
   * @param bytes each input, weight and output once, of a block the sum
   * @param time compute time on the device's clock; null where the output is wrong
   * @param transfer to and from the device; null where the output is wrong
   * @param gflops 2 × MACs / median
   * @param fractionOfPeak median over the samples of their speed / the FMA peak of all threads just
   *     before; null where that is unknown
   * @param reorders changes of layout that the time includes
   * @param baselineRatio the baseline's median time / this one's: above 1 is faster now; absent
   *     without a baseline
   */
  record Result(
      LayerJson layer,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<LayerJson> layers,
      String device,
      boolean simulated,
      String algorithm,
      int threads,
      String precision,
      long parameters,
      long macs,
      long bytes,
      @JsonProperty("time_ns") @Nullable Time time,
      @JsonProperty("transfer_ns") @Nullable Transfer transfer,
      @Nullable Double gflops,
      @JsonProperty("fraction_of_peak") @Nullable Double fractionOfPeak,
      Verification verification,
      List<CandidateJson> candidates,
      int reorders,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("baseline_ratio")
          @Nullable Double baselineRatio) {
    Result withBaselineRatio(@Nullable Double ratio) {
      return new Result(
          layer,
          layers,
          device,
          simulated,
          algorithm,
          threads,
          precision,
          parameters,
          macs,
          bytes,
          time,
          transfer,
          gflops,
          fractionOfPeak,
          verification,
          candidates,
          reorders,
          ratio);
    }
  }

  /** Order statistics of the samples, in nanoseconds a run. */
  record Time(long median, long p10, long p90, int samples) {}

  /** To and from the device, in nanoseconds a run. */
  record Transfer(long median) {}

  /**
   * What became of one of the device's algorithms.
   *
   * @param medianNanos of this run where it was timed in it, else of an earlier measurement that is
   *     stored; null where there is neither
   * @param refused why it does not take the layer, or null
   */
  record CandidateJson(
      String algorithm,
      @JsonProperty("median_ns") @Nullable Long medianNanos,
      @Nullable String refused) {}

  /** A layer that an algorithm which was asked for does not take. */
  record RefusedLayer(LayerJson layer, String device, String algorithm, String reason) {}

  /**
   * Ratios to the first workload of a group.
   *
   * @param title of the group
   * @param base name of the first workload
   * @param rows the others
   * @param notes for people
   */
  record Comparisons(String title, String base, List<Ratios> rows, List<String> notes) {}

  /**
   * How many times as much as the first workload of the group.
   *
   * @param name of the workload
   * @param parameters predicted
   * @param macs predicted
   * @param bytes predicted
   * @param time measured: the median of the ratios of paired samples; null where an output is wrong
   *     or refused
   */
  record Ratios(
      String name,
      @JsonProperty("parameters_ratio") double parameters,
      @JsonProperty("macs_ratio") double macs,
      @JsonProperty("bytes_ratio") double bytes,
      @JsonProperty("time_ratio") @Nullable Double time) {}
}
