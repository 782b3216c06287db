// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxReset;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Optional;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;

/**
 * The software CUDA with its primary context current to the thread that opened it. Closing resets
 * the context and with it everything that a test left behind, faults too.
 */
final class SimulatedDevice implements AutoCloseable {
  private static final Optional<SoftwareCuda> INSTALLED = SoftwareCuda.find();

  static {
    INSTALLED.ifPresent(SoftwareCuda::load);
  }

  final SoftwareCuda software;
  final CUdevice device = new CUdevice();

  private SimulatedDevice(SoftwareCuda software) {
    this.software = software;
    check(cuInit(0));
    check(cuDeviceGet(device, 0));
    CUcontext context = new CUcontext();
    check(cuDevicePrimaryCtxRetain(context, device));
    check(cuCtxSetCurrent(context));
    software.seed(1);
    software.resetCounters();
  }

  /** Skips the test, or fails it where cuda is required, if no software CUDA was built. */
  static SimulatedDevice open() {
    return new SimulatedDevice(installed());
  }

  static SoftwareCuda installed() {
    if (INSTALLED.isEmpty()) {
      String required = System.getenv().getOrDefault("POINTWISE_REQUIRED_DEVICES", "");
      if (Arrays.asList(required.split(",", -1)).contains("cuda")) {
        throw new AssertionError("cuda is required, and the software CUDA was not built");
      }
      assumeTrue(false, "the software CUDA was not built: there is no C++ compiler");
    }
    return INSTALLED.orElseThrow();
  }

  static void check(int status) {
    assertEquals("CUDA_SUCCESS", CUresult.stringFor(status));
  }

  static CUdeviceptr allocate(long floats) {
    CUdeviceptr pointer = new CUdeviceptr();
    check(cuMemAlloc(pointer, floats * Float.BYTES));
    return pointer;
  }

  static CUdeviceptr upload(float... values) {
    CUdeviceptr pointer = allocate(values.length);
    check(cuMemcpyHtoD(pointer, Pointer.to(values), (long) values.length * Float.BYTES));
    return pointer;
  }

  /** Waits for the legacy stream, in which everything is that names no other. */
  static float[] download(CUdeviceptr pointer, int floats) {
    float[] values = new float[floats];
    check(cuMemcpyDtoH(Pointer.to(values), pointer, (long) floats * Float.BYTES));
    return values;
  }

  static CUmodule load(byte[] cubin) {
    CUmodule module = new CUmodule();
    check(cuModuleLoadData(module, cubin));
    return module;
  }

  static CUfunction function(CUmodule module, String name) {
    CUfunction function = new CUfunction();
    check(cuModuleGetFunction(function, module, name));
    return function;
  }

  /** The kernel of this name from CUDA C++. */
  static CUfunction kernel(String name, String source, String... options) {
    return function(load(Compilation.cubin(source, options)), name);
  }

  /** Launches blocks of a size in the legacy stream. */
  static int launch(CUfunction kernel, int blocks, int threads, NativePointerObject... arguments) {
    return launch(kernel, blocks, threads, 0, null, arguments);
  }

  static int launch(
      CUfunction kernel,
      int blocks,
      int threads,
      int sharedBytes,
      @org.jspecify.annotations.Nullable CUstream stream,
      NativePointerObject... arguments) {
    Pointer pointers = Pointer.to(arguments);
    return cuLaunchKernel(kernel, blocks, 1, 1, threads, 1, 1, sharedBytes, stream, pointers, null);
  }

  /** A pointer argument. */
  static Pointer arg(CUdeviceptr pointer) {
    return Pointer.to(pointer);
  }

  static Pointer arg(int value) {
    return Pointer.to(new int[] {value});
  }

  static Pointer arg(float value) {
    return Pointer.to(new float[] {value});
  }

  @Override
  public void close() {
    check(cuDevicePrimaryCtxReset(device));
  }
}
