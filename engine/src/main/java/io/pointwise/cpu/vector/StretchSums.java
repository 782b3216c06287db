// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/**
 * Sums over an array in double precision: four accumulators, so that no addition waits for the one
 * before it, added up in a fixed order.
 */
final class StretchSums {
  private StretchSums() {}

  static double sum(float[] x, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i <= count - 4; i += 4) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
    }
    for (; i < count; i++) {
      s0 += x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Of the squared distances from {@code centre}. */
  static double squares(float[] x, int count, double centre) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i <= count - 4; i += 4) {
      double c0 = x[i] - centre;
      double c1 = x[i + 1] - centre;
      double c2 = x[i + 2] - centre;
      double c3 = x[i + 3] - centre;
      s0 += c0 * c0;
      s1 += c1 * c1;
      s2 += c2 * c2;
      s3 += c3 * c3;
    }
    for (; i < count; i++) {
      double c = x[i] - centre;
      s0 += c * c;
    }
    return (s0 + s1) + (s2 + s3);
  }
}
