// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.util.List;
import java.util.Map;

/** In JSON: a device that was preferred but does not work. */
public record SkippedDevice(String device, String reason) {
  /**
   * All that were skipped.
   *
   * @param skipped reasons by name
   */
  public static List<SkippedDevice> of(Map<String, String> skipped) {
    return skipped.entrySet().stream()
        .map(entry -> new SkippedDevice(entry.getKey(), entry.getValue()))
        .toList();
  }
}
