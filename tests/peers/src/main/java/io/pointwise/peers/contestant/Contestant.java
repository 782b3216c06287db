// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.contestant;

import io.pointwise.tensor.Tensor;

/**
 * A library ready to compute one subject, as fast as it can, with as many threads as the others.
 */
public interface Contestant extends AutoCloseable {
  /** The library's name in tables and JSON. */
  String name();

  /** Computes once, from the input that it was made for; returns when the output is there. */
  void run();

  /**
   * Computes once more, and tells how many nanoseconds passed on the device's clock from the start
   * of the first command to the end of the last, transfers left out; NaN where the library does not
   * tell.
   */
  default double deviceNanos() {
    return Double.NaN;
  }

  /** The output of the last run. */
  Tensor output();

  @Override
  void close();
}
