// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.tuning.Tuning;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How to plan.
 *
 * @param precision arithmetic; FP32 unless asked for otherwise
 * @param only names of algorithms that may be used, {@code *} standing for any text; empty allows
 *     all. Reorders and copies that planning needs are always allowed.
 * @param winograd whether {@linkplain io.pointwise.layer.Winograd Winograd's formula} may be used:
 *     it is faster for many 3×3 convolutions, its error is larger, and NaN and infinities reach all
 *     outputs of a tile
 * @param tuning where the choice of algorithms comes from; the device's own order unless asked for
 *     otherwise
 * @param maxContexts runs that may be under way at once; more wait
 * @param guarded for tests: fills activations and workspaces with NaN before each run, puts guard
 *     bands around them and checks the bands after it
 */
public record PlanOptions(
    Precision precision,
    List<String> only,
    boolean winograd,
    Tuning tuning,
    int maxContexts,
    boolean guarded) {
  public static final PlanOptions DEFAULT =
      new PlanOptions(
          Precision.FP32,
          List.of(),
          true,
          Tuning.OFF,
          Runtime.getRuntime().availableProcessors(),
          false);

  public PlanOptions {
    only = List.copyOf(only);
    if (maxContexts < 1) {
      throw new IllegalArgumentException("maxContexts=" + maxContexts + " must be at least 1");
    }
  }

  public PlanOptions withPrecision(Precision value) {
    return new PlanOptions(value, only, winograd, tuning, maxContexts, guarded);
  }

  /** Pins the algorithms: {@code withOnly("scalar-*")}. */
  public PlanOptions withOnly(String... patterns) {
    return new PlanOptions(precision, List.of(patterns), winograd, tuning, maxContexts, guarded);
  }

  public PlanOptions withWinograd(boolean value) {
    return new PlanOptions(precision, only, value, tuning, maxContexts, guarded);
  }

  public PlanOptions withTuning(Tuning value) {
    return new PlanOptions(precision, only, winograd, value, maxContexts, guarded);
  }

  public PlanOptions withMaxContexts(int value) {
    return new PlanOptions(precision, only, winograd, tuning, value, guarded);
  }

  public PlanOptions withGuarded(boolean value) {
    return new PlanOptions(precision, only, winograd, tuning, maxContexts, value);
  }

  /** Why an algorithm may not be used for a step that it accepts; empty if it may. */
  String exclusion(Algorithm algorithm, Step step) {
    if (!only.isEmpty() && only.stream().noneMatch(each -> matches(each, algorithm.name()))) {
      return "not among the algorithms that were asked for";
    }
    return winograd || algorithm.winograd(step).isEmpty()
        ? ""
        : "computes by Winograd's formula, which was excluded";
  }

  /**
   * What {@link #exclusion} leaves out, for people and for keys of measurements; empty for nothing.
   */
  String restriction() {
    return (only.isEmpty() ? "" : "only " + String.join(" ", only))
        + (winograd ? "" : " without Winograd's formula");
  }

  private static boolean matches(String pattern, String algorithm) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return algorithm.matches(regex);
  }
}
