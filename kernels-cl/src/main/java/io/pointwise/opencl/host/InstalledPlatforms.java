// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.DeviceInfo;
import io.pointwise.device.kernel.LibraryFolders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** The platforms that the OpenCL loader of this machine knows. */
public final class InstalledPlatforms implements Discovery {
  /** What a loader of the Khronos registry says when it knows no platform ({@code cl_khr_icd}). */
  private static final int CL_PLATFORM_NOT_FOUND_KHR = -1001;

  private static final String LOADER = "libOpenCL.so";

  private final LibraryFolders folders;

  /**
   * @param folders where the loader would be
   */
  public InstalledPlatforms(LibraryFolders folders) {
    this.folders = folders;
  }

  @Override
  public List<FoundPlatform> platforms() throws LibraryMissingException {
    // JOCL prints to standard output when it finds none, where a program may write its results.
    if (System.getProperty("os.name").equals("Linux") && !folders.have(LOADER)) {
      throw new LibraryMissingException("no " + LOADER);
    }
    Jocl.require();
    int[] count = new int[1];
    int status = CL.clGetPlatformIDs(0, null, count);
    if (status == CL_PLATFORM_NOT_FOUND_KHR || (status == CL.CL_SUCCESS && count[0] == 0)) {
      return List.of();
    }
    Status.check(status, "clGetPlatformIDs", () -> "counting the platforms");
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    Status.check(
        CL.clGetPlatformIDs(platforms.length, platforms, null),
        "clGetPlatformIDs",
        () -> "listing " + platforms.length + " platforms");
    List<FoundPlatform> found = new ArrayList<>();
    for (cl_platform_id platform : platforms) {
      found.add(new FoundPlatform(text(platform, CL.CL_PLATFORM_NAME), devices(platform)));
    }
    return found;
  }

  private static List<FoundDevice> devices(cl_platform_id platform) {
    int[] count = new int[1];
    int status = CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
    if (status == CL.CL_DEVICE_NOT_FOUND || (status == CL.CL_SUCCESS && count[0] == 0)) {
      return List.of();
    }
    Status.check(status, "clGetDeviceIDs", () -> "counting the devices of a platform");
    cl_device_id[] devices = new cl_device_id[count[0]];
    Status.check(
        CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, devices.length, devices, null),
        "clGetDeviceIDs",
        () -> "listing " + devices.length + " devices");
    List<FoundDevice> found = new ArrayList<>();
    for (cl_device_id device : devices) {
      if (number(device, CL.CL_DEVICE_AVAILABLE, Integer.BYTES) != 0) {
        found.add(new FoundDevice(platform, device, facts(platform, device)));
      }
    }
    return found;
  }

  private static DeviceFacts facts(cl_platform_id platform, cl_device_id device) {
    return new DeviceFacts(
        text(device, CL.CL_DEVICE_NAME),
        text(device, CL.CL_DEVICE_VENDOR),
        text(device, CL.CL_DRIVER_VERSION),
        text(platform, CL.CL_PLATFORM_NAME),
        text(platform, CL.CL_PLATFORM_VERSION),
        type(number(device, CL.CL_DEVICE_TYPE, Long.BYTES)),
        number(device, CL.CL_DEVICE_GLOBAL_MEM_SIZE, Long.BYTES),
        number(device, CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE, Long.BYTES),
        number(device, CL.CL_DEVICE_MAX_WORK_GROUP_SIZE, Long.BYTES),
        (int) number(device, CL.CL_DEVICE_MAX_COMPUTE_UNITS, Integer.BYTES),
        (int) number(device, CL.CL_DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT, Integer.BYTES),
        number(device, CL.CL_DEVICE_LOCAL_MEM_TYPE, Integer.BYTES) == CL.CL_LOCAL,
        number(device, CL.CL_DEVICE_COMPILER_AVAILABLE, Integer.BYTES) != 0,
        (int) number(device, CL.CL_DEVICE_ADDRESS_BITS, Integer.BYTES));
  }

  private static DeviceInfo.Type type(long bits) {
    if ((bits & CL.CL_DEVICE_TYPE_GPU) != 0) {
      return DeviceInfo.Type.GPU;
    }
    return (bits & CL.CL_DEVICE_TYPE_CPU) != 0 ? DeviceInfo.Type.CPU : DeviceInfo.Type.ACCELERATOR;
  }

  private static String text(cl_platform_id platform, int key) {
    long[] size = new long[1];
    Status.check(
        CL.clGetPlatformInfo(platform, key, 0, null, size),
        "clGetPlatformInfo",
        () -> CL.stringFor_cl_platform_info(key));
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    Status.check(
        CL.clGetPlatformInfo(platform, key, bytes.length, Pointer.to(bytes), null),
        "clGetPlatformInfo",
        () -> CL.stringFor_cl_platform_info(key));
    return terminated(bytes);
  }

  private static String text(cl_device_id device, int key) {
    long[] size = new long[1];
    Status.check(
        CL.clGetDeviceInfo(device, key, 0, null, size),
        "clGetDeviceInfo",
        () -> CL.stringFor_cl_device_info(key));
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    Status.check(
        CL.clGetDeviceInfo(device, key, bytes.length, Pointer.to(bytes), null),
        "clGetDeviceInfo",
        () -> CL.stringFor_cl_device_info(key));
    return terminated(bytes);
  }

  /** Without the zero at the end, and without the blanks that some drivers put around. */
  private static String terminated(byte[] bytes) {
    return new String(bytes, 0, Math.max(0, bytes.length - 1), StandardCharsets.UTF_8).strip();
  }

  private static long number(cl_device_id device, int key, int size) {
    byte[] bytes = new byte[size];
    Status.check(
        CL.clGetDeviceInfo(device, key, size, Pointer.to(bytes), null),
        "clGetDeviceInfo",
        () -> CL.stringFor_cl_device_info(key));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    return size == Long.BYTES ? buffer.getLong() : Integer.toUnsignedLong(buffer.getInt());
  }
}
