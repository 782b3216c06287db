// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import java.util.List;

/**
 * A platform, which is one vendor's OpenCL, and its devices.
 *
 * @param name of the platform
 * @param devices all of them, in the platform's order
 */
public record FoundPlatform(String name, List<FoundDevice> devices) {
  public FoundPlatform {
    devices = List.copyOf(devices);
  }
}
