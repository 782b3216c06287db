// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import jcuda.Pointer;

/** The factors of results and operands, as cuBLAS and cuDNN take them: pointers to host memory. */
final class Factors {
  static final Pointer ONE = Pointer.to(new float[] {1});

  /** As the factor of an output: it is not read. */
  static final Pointer ZERO = Pointer.to(new float[] {0});

  private Factors() {}
}
