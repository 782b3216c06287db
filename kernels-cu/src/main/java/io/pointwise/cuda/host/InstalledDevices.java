// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/**
 * The devices that the driver knows. The libraries have to be {@linkplain Loading.Ready loaded}.
 */
public final class InstalledDevices {
  private static final int LONGEST_NAME = 256;

  private InstalledDevices() {}

  /**
   * All devices; none if the driver finds none.
   *
   * @throws DeviceException if a call fails
   */
  public static List<DeviceFacts> list() {
    int status = JCudaDriver.cuInit(0);
    if (status == CUresult.CUDA_ERROR_NO_DEVICE) {
      return List.of();
    }
    Status.driver(status, "cuInit", () -> "starting the driver");
    int[] count = new int[1];
    Status.driver(
        JCudaDriver.cuDeviceGetCount(count), "cuDeviceGetCount", () -> "counting the devices");
    List<DeviceFacts> devices = new ArrayList<>();
    for (int ordinal = 0; ordinal < count[0]; ordinal++) {
      devices.add(facts(ordinal));
    }
    return devices;
  }

  /** The driver's handle of a device; nothing that has to be released. */
  static CUdevice device(int ordinal) {
    CUdevice device = new CUdevice();
    Status.driver(
        JCudaDriver.cuDeviceGet(device, ordinal), "cuDeviceGet", () -> "device " + ordinal);
    return device;
  }

  private static DeviceFacts facts(int ordinal) {
    CUdevice device = device(ordinal);
    byte[] name = new byte[LONGEST_NAME];
    Status.driver(
        JCudaDriver.cuDeviceGetName(name, name.length, device),
        "cuDeviceGetName",
        () -> "device " + ordinal);
    long[] memory = new long[1];
    Status.driver(
        JCudaDriver.cuDeviceTotalMem(memory, device),
        "cuDeviceTotalMem",
        () -> "device " + ordinal);
    return new DeviceFacts(
        ordinal,
        terminated(name),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device, ordinal),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device, ordinal),
        memory[0],
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK, device, ordinal),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_X, device, ordinal));
  }

  private static int attribute(int attribute, CUdevice device, int ordinal) {
    int[] value = new int[1];
    Status.driver(
        JCudaDriver.cuDeviceGetAttribute(value, attribute, device),
        "cuDeviceGetAttribute",
        () -> CUdevice_attribute.stringFor(attribute) + " of device " + ordinal);
    return value[0];
  }

  private static String terminated(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
  }
}
