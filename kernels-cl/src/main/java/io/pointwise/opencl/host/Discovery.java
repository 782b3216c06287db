// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import java.util.List;

/**
 * Looks for platforms and devices. A seam: the doctor's findings are tested without uninstalling.
 */
@FunctionalInterface
public interface Discovery {
  /**
   * All platforms; none if the loader knows none.
   *
   * @throws LibraryMissingException if JOCL or the OpenCL loader cannot be loaded
   * @throws io.pointwise.device.DeviceException if a call fails
   */
  List<FoundPlatform> platforms() throws LibraryMissingException;
}
