// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import java.util.SplittableRandom;

/** Functions as inaccurate as the full profile of OpenCL 3.0 allows (section 7.4). */
final class RoughFloat {
  private final SplittableRandom random;

  RoughFloat(SplittableRandom random) {
    this.random = random;
  }

  float exp(float x) {
    return off(Math.exp(x), 3);
  }

  float log(float x) {
    return off(Math.log(x), 3);
  }

  float log1p(float x) {
    return off(Math.log1p(x), 2);
  }

  float tanh(float x) {
    return off(Math.tanh(x), 5);
  }

  float erf(float x) {
    return off(ErrorFunction.erf(x), 16);
  }

  float erfc(float x) {
    return off(ErrorFunction.erfc(x), 16);
  }

  float pow(float x, float y) {
    return off(Math.pow(x, y), 16);
  }

  float sqrt(float x) {
    return off(Math.sqrt(x), 3);
  }

  float divide(float a, float b) {
    return off((double) a / b, 2.5);
  }

  /** The number moved by at most so many ulps, the rounding to float among them. */
  private float off(double exact, double ulps) {
    float y = (float) exact;
    if (!Float.isFinite(y)) {
      return y;
    }
    double side = random.nextBoolean() ? random.nextDouble(-1, 1) : random.nextBoolean() ? 1 : -1;
    return (float) (exact + side * (ulps - 0.5) * Math.ulp(y));
  }
}
