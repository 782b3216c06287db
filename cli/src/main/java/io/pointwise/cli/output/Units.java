// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.util.Locale;

/** Numbers as people read them, three significant digits. */
public final class Units {
  private static final String[] DECIMAL = {"", " k", " M", " G", " T", " P", " E"};
  private static final String[] BINARY = {" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"};
  private static final String[] TIME = {" ns", " µs", " ms", " s"};

  private Units() {}

  /** All digits, in groups of three: {@code 147,488}. */
  public static String exact(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A count: {@code 2.36 M}. */
  public static String count(long value) {
    return scaled(value, 1000, DECIMAL);
  }

  /** A size in bytes: {@code 1.5 MiB}. */
  public static String bytes(long value) {
    return scaled(value, 1024, BINARY);
  }

  /** A time: {@code 12.3 µs}. */
  public static String time(long nanos) {
    return scaled(nanos, 1000, TIME);
  }

  /** Two times in one unit: {@code 118–131 µs}. */
  public static String timeRange(long lowNanos, long highNanos) {
    double unit = 1;
    int index = 0;
    while (index < TIME.length - 1 && highNanos / unit >= 999.5) {
      unit *= 1000;
      index++;
    }
    return digits(lowNanos / unit) + "–" + digits(highNanos / unit) + TIME[index];
  }

  /** How many times as much: {@code 9.00×}, or {@code 1/12.1} for less. */
  public static String ratio(double value) {
    return value >= 1 || value <= 0 ? digits(value) + "×" : "1/" + digits(1 / value);
  }

  /** Three significant digits, no exponent. */
  public static String digits(double value) {
    double size = Math.abs(value);
    if (size >= 99.95) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, size >= 9.995 ? "%.1f" : "%.2f", value);
  }

  private static String scaled(long value, int base, String[] units) {
    double rest = (double) value;
    int index = 0;
    while (index < units.length - 1 && rest >= 999.5) {
      rest /= base;
      index++;
    }
    boolean whole = index == 0 && rest == Math.rint(rest);
    return (whole ? String.format(Locale.ROOT, "%.0f", rest) : digits(rest)) + units[index];
  }
}
