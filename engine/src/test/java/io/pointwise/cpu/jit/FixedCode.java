// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.List;

/** A JVM whose own code, which is writable and executable at once, stays where it is. */
final class FixedCode {
  /** All of the code cache is there from the beginning. */
  static final List<String> FLAGS =
      List.of(
          "-XX:-SegmentedCodeCache",
          "-XX:InitialCodeCacheSize=64m",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:+UseSerialGC");

  private FixedCode() {}
}
