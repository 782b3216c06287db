// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

/** Arithmetic of a plan. Never chosen silently: what is not asked for is not used. */
public enum Precision {
  /** IEEE float32 in products and sums. */
  FP32,
  /** Products of 10-bit mantissas on NVIDIA tensor cores, float32 sums. */
  TF32,
  /** IEEE half precision. */
  FP16,
  /** bfloat16. */
  BF16
}
