// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.util.Locale;

/**
 * The widest instruction set that the CPU device may generate code for. What the processor lacks is
 * never used.
 */
public enum MaxIsa {
  /** AVX-512. */
  AVX512,
  /** AVX2 with FMA, also where there is more. */
  AVX2,
  /** None: no code is generated, the vector tier computes. */
  NONE;

  /** As options have it: {@code avx2}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
