// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.download;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_WARP_SIZE;
import static jcuda.driver.JCudaDriver.cuCtxGetCurrent;
import static jcuda.driver.JCudaDriver.cuCtxPopCurrent;
import static jcuda.driver.JCudaDriver.cuCtxPushCurrent;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuDeviceGetAttribute;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxGetState;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRelease;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuDriverGetVersion;
import static jcuda.driver.JCudaDriver.cuGetErrorName;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemAllocHost;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemFreeHost;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoD;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuMemsetD32;
import static jcuda.driver.JCudaDriver.cuMemsetD8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.Test;

/** The device, contexts and memory. */
final class DriverTest {
  @Test
  void theDeviceSaysThatItIsSimulated() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      byte[] name = new byte[64];
      check(cuDeviceGetName(name, name.length, cuda.device));
      assertTrue(new String(name, StandardCharsets.US_ASCII).startsWith("Software CUDA"));
      assertEquals(8, attribute(cuda, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR));
      assertEquals(32, attribute(cuda, CU_DEVICE_ATTRIBUTE_WARP_SIZE));
      assertEquals(1024, attribute(cuda, CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK));
      assertEquals(48 << 10, attribute(cuda, CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK));
      int[] version = new int[1];
      check(cuDriverGetVersion(version));
      assertEquals(12060, version[0]);
    }
  }

  private static int attribute(SimulatedDevice cuda, int attribute) {
    int[] value = new int[1];
    check(cuDeviceGetAttribute(value, attribute, cuda.device));
    return value[0];
  }

  @Test
  void errorsHaveTheirNames() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      String[] name = new String[1];
      for (int status : new int[] {0, 1, 2, 201, 400, 700, 719, 900, 904}) {
        check(cuGetErrorName(status, name));
        assertEquals(CUresult.stringFor(status), name[0]);
      }
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, cuGetErrorName(12345, name));
      assertEquals(0, cuda.software.counter("launches"));
    }
  }

  @Test
  void freshMemoryIsNotANumber() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      assertArrayEquals(new float[] {Float.NaN, Float.NaN, Float.NaN}, download(allocate(3), 3));
    }
  }

  @Test
  void copiesAndMemsetsDoWhatTheySay() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUdeviceptr from = upload(1, 2, 3, 4);
      CUdeviceptr to = upload(5, 6, 7, 8);
      check(cuMemcpyDtoD(to.withByteOffset(4), from, 8));
      assertArrayEquals(new float[] {5, 1, 2, 8}, download(to, 4));
      check(cuMemsetD32(to.withByteOffset(8), Float.floatToRawIntBits(9), 2));
      assertArrayEquals(new float[] {5, 1, 9, 9}, download(to, 4));
      check(cuMemsetD8(to, (byte) 0, 8));
      assertArrayEquals(new float[] {0, 0, 9, 9}, download(to, 4));
    }
  }

  @Test
  void whatLeavesAnAllocationIsRefused() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUdeviceptr memory = allocate(4);
      Pointer five = Pointer.to(new float[5]);
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD(memory, five, 20));
      assertTrue(cuda.software.lastReport().contains("allocation of 16 bytes"));
      assertEquals(
          CUresult.CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD(memory.withByteOffset(4), five, 16));
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, cuMemsetD32(memory.withByteOffset(-4), 0, 1));
      check(cuMemcpyHtoD(memory.withByteOffset(12), five, 4));
    }
  }

  @Test
  void memoryIsFreedOnceAndNotUsedAfterwards() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUdeviceptr memory = upload(1, 2);
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, cuMemFree(memory.withByteOffset(4)));
      check(cuMemFree(memory));
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, cuMemFree(memory));
      assertTrue(cuda.software.lastReport().contains("not the start of a live allocation"));
      assertEquals(
          CUresult.CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD(memory, Pointer.to(new float[1]), 4));
      // Not soon again at the same place, where the old pointer would be right by chance.
      assertNotEquals(memory, allocate(2));
      check(cuMemFree(new CUdeviceptr()));
    }
  }

  @Test
  void memoryEndsAtItsLimit() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      cuda.software.memoryLimit(1000);
      try {
        CUdeviceptr first = allocate(200);
        CUdeviceptr second = new CUdeviceptr();
        assertEquals(CUresult.CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc(second, 201));
        long[] free = new long[1];
        long[] total = new long[1];
        check(cuMemGetInfo(free, total));
        assertEquals(200, free[0]);
        assertEquals(1000, total[0]);
        check(cuMemFree(first));
        check(cuMemAlloc(second, 1000));
      } finally {
        cuda.software.memoryLimit(4L << 30);
      }
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, cuMemAlloc(new CUdeviceptr(), 0));
    }
  }

  @Test
  void hostMemoryIsFreedOnce() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      Pointer pinned = new Pointer();
      check(cuMemAllocHost(pinned, 64));
      assertEquals(1, cuda.software.counter("live_host_allocations"));
      check(cuMemFreeHost(pinned));
      assertEquals(0, cuda.software.counter("live_host_allocations"));
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, cuMemFreeHost(pinned));
    }
  }

  @Test
  void aThreadWithoutContextCanDoNothing() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      int elsewhere =
          CompletableFuture.supplyAsync(
                  () -> cuMemAlloc(new CUdeviceptr(), 4), Thread::startVirtualThread)
              .join();
      assertEquals(CUresult.CUDA_ERROR_INVALID_CONTEXT, elsewhere);
      CUcontext popped = new CUcontext();
      check(cuCtxPopCurrent(popped));
      assertEquals(CUresult.CUDA_ERROR_INVALID_CONTEXT, cuCtxSynchronize());
      check(cuCtxPushCurrent(popped));
      check(cuCtxSynchronize());
    }
  }

  @Test
  void thePrimaryContextLivesUntilItIsReleasedAsOftenAsRetained() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUcontext again = new CUcontext();
      CUcontext current = new CUcontext();
      check(cuDevicePrimaryCtxRetain(again, cuda.device));
      check(cuCtxGetCurrent(current));
      assertEquals(current, again);
      CUdeviceptr left = allocate(1);
      assertNotEquals(new CUdeviceptr(), left);
      check(cuDevicePrimaryCtxRelease(cuda.device));
      assertTrue(isActive(cuda));
      check(cuDevicePrimaryCtxRelease(cuda.device));
      assertEquals(false, isActive(cuda));
      assertEquals(1, cuda.software.counter("leaked"), "the allocation");
      assertEquals(0, cuda.software.counter("live_allocations"));
      assertEquals(CUresult.CUDA_ERROR_CONTEXT_IS_DESTROYED, cuCtxSynchronize());
      assertEquals(CUresult.CUDA_ERROR_INVALID_CONTEXT, cuDevicePrimaryCtxRelease(cuda.device));
    }
  }

  private static boolean isActive(SimulatedDevice cuda) {
    int[] flags = new int[1];
    int[] active = new int[1];
    check(cuDevicePrimaryCtxGetState(cuda.device, flags, active));
    return active[0] != 0;
  }

  @Test
  void countersSayWhatHappened() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUdeviceptr memory = upload(1, 2, 3);
      check(cuMemcpyDtoD(memory, memory, 4));
      float[] values = download(memory, 2);
      assertEquals(2, values.length);
      assertEquals(1, cuda.software.counter("allocations"));
      assertEquals(1, cuda.software.counter("live_allocations"));
      assertEquals(12, cuda.software.counter("live_bytes"));
      assertEquals(1, cuda.software.counter("copies_host_to_device"));
      assertEquals(12, cuda.software.counter("bytes_host_to_device"));
      assertEquals(1, cuda.software.counter("copies_device_to_device"));
      assertEquals(1, cuda.software.counter("copies_device_to_host"));
      assertEquals(8, cuda.software.counter("bytes_device_to_host"));
      cuda.software.resetCounters();
      assertEquals(0, cuda.software.counter("allocations"));
      assertEquals(1, cuda.software.counter("live_allocations"));
      check(cuMemFree(memory));
      assertEquals(1, cuda.software.counter("frees"));
      assertEquals(0, cuda.software.counter("live_bytes"));
    }
  }
}
