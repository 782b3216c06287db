// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import java.util.List;

/**
 * Where the time of one run went, on the device's clock, in nanoseconds.
 *
 * @param uploadNanos inputs to the device; 0 where the device works in the caller's memory
 * @param computeNanos from the start of the first step to the end of the last
 * @param downloadNanos outputs back to the host
 * @param stepNanos of each step, in the order of {@link Blueprint#steps()}; empty unless asked for
 */
public record Timing(
    long uploadNanos, long computeNanos, long downloadNanos, List<Long> stepNanos) {
  public Timing {
    stepNanos = List.copyOf(stepNanos);
  }

  /** Upload and download together. */
  public long transferNanos() {
    return uploadNanos + downloadNanos;
  }
}
