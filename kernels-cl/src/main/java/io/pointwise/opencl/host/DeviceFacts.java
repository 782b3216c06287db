// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.DeviceInfo;

/**
 * What a device says of itself, as far as choices depend on it.
 *
 * @param name of the device
 * @param vendor of the device
 * @param driver version of the driver
 * @param platform name of the platform
 * @param platformVersion of the platform, the OpenCL version included
 * @param type what sort of hardware it is
 * @param memoryBytes its memory
 * @param maxBufferBytes the largest buffer
 * @param maxWorkGroupSize most work-items of a group
 * @param computeUnits parts that each run work-groups of their own
 * @param floatLanes floats of a vector that the device likes best; 1 for scalar machines
 * @param localMemory whether local memory is memory of its own, near to the arithmetic
 * @param compiler whether it compiles OpenCL C
 * @param addressBits 32 or 64
 */
public record DeviceFacts(
    String name,
    String vendor,
    String driver,
    String platform,
    String platformVersion,
    DeviceInfo.Type type,
    long memoryBytes,
    long maxBufferBytes,
    long maxWorkGroupSize,
    int computeUnits,
    int floatLanes,
    boolean localMemory,
    boolean compiler,
    int addressBits) {
  /** Whether it can run kernels. */
  public boolean isUsable() {
    return unusable().isEmpty();
  }

  /** Why it cannot; empty if it can. */
  public String unusable() {
    if (!compiler) {
      return "has no compiler";
    }
    return addressBits == 64 ? "" : "has addresses of " + addressBits + " bits, not of 64";
  }
}
