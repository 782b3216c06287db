// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import java.util.List;

/**
 * An operation with its weights, for inputs of known shapes. Safe to run by several threads at
 * once.
 */
interface ScalarOperation {
  /** Sets every element of the output. */
  void run(List<Field> inputs, Field output);

  /**
   * Products that are summed behind one output element; 0 for all but convolutions and linear
   * layers.
   */
  default long terms() {
    return 0;
  }
}
