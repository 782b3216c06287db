// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

/**
 * What a layer costs.
 *
 * @param parameters weights and biases
 * @param macs multiply-accumulates: one multiply and one add
 * @param bytes each input, weight and output moved once, as float32
 */
public record Cost(long parameters, long macs, long bytes) {
  public static final Cost ZERO = new Cost(0, 0, 0);

  /** Floating-point operations: two a MAC. */
  public long flops() {
    return 2 * macs;
  }

  public Cost plus(Cost other) {
    return new Cost(parameters + other.parameters, macs + other.macs, bytes + other.bytes);
  }
}
