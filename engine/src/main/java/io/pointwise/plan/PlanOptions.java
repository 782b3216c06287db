// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Precision;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How to plan.
 *
 * @param precision arithmetic; FP32 unless asked for otherwise
 * @param only names of algorithms that may be used, {@code *} standing for any text; empty allows
 *     all. Reorders and copies that planning needs are always allowed.
 * @param maxContexts runs that may be under way at once; more wait
 * @param guarded for tests: fills activations and workspaces with NaN before each run, puts guard
 *     bands around them and checks the bands after it
 */
public record PlanOptions(
    Precision precision, List<String> only, int maxContexts, boolean guarded) {
  public static final PlanOptions DEFAULT =
      new PlanOptions(Precision.FP32, List.of(), Runtime.getRuntime().availableProcessors(), false);

  public PlanOptions {
    only = List.copyOf(only);
    if (maxContexts < 1) {
      throw new IllegalArgumentException("maxContexts=" + maxContexts + " must be at least 1");
    }
  }

  public PlanOptions withPrecision(Precision value) {
    return new PlanOptions(value, only, maxContexts, guarded);
  }

  /** Pins the algorithms: {@code withOnly("scalar-*")}. */
  public PlanOptions withOnly(String... patterns) {
    return new PlanOptions(precision, List.of(patterns), maxContexts, guarded);
  }

  public PlanOptions withMaxContexts(int value) {
    return new PlanOptions(precision, only, value, guarded);
  }

  public PlanOptions withGuarded(boolean value) {
    return new PlanOptions(precision, only, maxContexts, value);
  }

  boolean allows(String algorithm) {
    return only.isEmpty() || only.stream().anyMatch(pattern -> matches(pattern, algorithm));
  }

  private static boolean matches(String pattern, String algorithm) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return algorithm.matches(regex);
  }
}
