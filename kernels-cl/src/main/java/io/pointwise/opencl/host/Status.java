// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.OutOfDeviceMemoryException;
import java.util.function.Supplier;
import org.jocl.CL;

/** Turns status codes of OpenCL calls into exceptions; the one place that does. */
final class Status {
  private Status() {}

  /**
   * Returns if the call succeeded.
   *
   * @param call its name
   * @param asked what it was asked for, for the message
   */
  static void check(int status, String call, Supplier<String> asked) {
    if (status != CL.CL_SUCCESS) {
      throw failure(status, call, asked.get());
    }
  }

  /**
   * As {@link #check}, of a call that allocates: there, too few resources of any kind are too
   * little memory. Of a kernel they may be registers as well, or whatever else made a driver give
   * up.
   */
  static void checkAllocation(int status, String call, Supplier<String> asked) {
    if (status == CL.CL_OUT_OF_RESOURCES) {
      throw new OutOfDeviceMemoryException(message(status, call, asked.get()));
    }
    check(status, call, asked);
  }

  static DeviceException failure(int status, String call, String asked) {
    String message = message(status, call, asked);
    return switch (status) {
      case CL.CL_MEM_OBJECT_ALLOCATION_FAILURE, CL.CL_OUT_OF_HOST_MEMORY ->
          new OutOfDeviceMemoryException(message);
      default -> new DeviceException(message);
    };
  }

  private static String message(int status, String call, String asked) {
    return call + " failed with " + CL.stringFor_errorCode(status) + ": " + asked;
  }
}
