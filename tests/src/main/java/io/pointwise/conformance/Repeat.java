// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import java.util.Locale;

/**
 * Chooses cases and seeds from system properties, and tells how to repeat a failure.
 *
 * <ul>
 *   <li>{@code pointwise.case}: the name of the only case to run; {@code *} stands for any text.
 *   <li>{@code pointwise.seed}: the seed of its data, hexadecimal; without it, the name gives the
 *       seed.
 * </ul>
 */
final class Repeat {
  private static final String CASE = "pointwise.case";
  private static final String SEED = "pointwise.seed";

  private Repeat() {}

  /** Whether the case is to run. */
  static boolean selects(String caseName) {
    String wanted = System.getProperty(CASE, "");
    return wanted.isEmpty() || caseName.matches("\\Q" + wanted.replace("*", "\\E.*\\Q") + "\\E");
  }

  /** The seed of a case's data. */
  static long seed(String caseName, Data data) {
    String wanted = System.getProperty(SEED, "");
    return wanted.isEmpty()
        ? mix((caseName + " " + data).hashCode())
        : Long.parseUnsignedLong(wanted.toLowerCase(Locale.ROOT), 16);
  }

  /** The command that runs only this sample, in the test class of one device. */
  static String command(Class<?> suite, Sample sample) {
    return "repeat with: mvn verify -pl tests -am -Dtest="
        + suite.getSimpleName()
        + " -Dsurefire.failIfNoSpecifiedTests=false -D"
        + CASE
        + "='"
        + sample.name()
        + "' -D"
        + SEED
        + "="
        + Long.toHexString(sample.seed());
  }

  /** Spreads hash codes over 64 bits (the finaliser of Steele, Lea and Flood's SplitMix, 2014). */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
