// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.arg;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.download;
import static io.pointwise.softwarecuda.SimulatedDevice.function;
import static io.pointwise.softwarecuda.SimulatedDevice.kernel;
import static io.pointwise.softwarecuda.SimulatedDevice.launch;
import static io.pointwise.softwarecuda.SimulatedDevice.load;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.driver.JCudaDriver.CU_LAUNCH_PARAM_BUFFER_POINTER;
import static jcuda.driver.JCudaDriver.CU_LAUNCH_PARAM_BUFFER_SIZE;
import static jcuda.driver.JCudaDriver.CU_LAUNCH_PARAM_END;
import static jcuda.driver.JCudaDriver.cuFuncGetAttribute;
import static jcuda.driver.JCudaDriver.cuFuncSetAttribute;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemHostGetDevicePointer;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleGetGlobal;
import static jcuda.driver.JCudaDriver.cuModuleUnload;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that are right compute what they say, in whatever order their threads run. */
final class KernelTest {
  private static float[] range(int count) {
    float[] values = new float[count];
    IntStream.range(0, count).forEach(i -> values[i] = i);
    return values;
  }

  @Test
  void everyThreadOfEveryBlockRunsOnce() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel(
              "visit",
              """
              extern "C" __global__ void visit(int *visits) {
                int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
                int z = blockIdx.z * blockDim.z + threadIdx.z;
                int i = (z * gridDim.y * blockDim.y + y) * gridDim.x * blockDim.x + x;
                atomicAdd(&visits[i], i + 1);
              }
              """);
      int threads = 2 * 3 * 2 * 4 * 5 * 3;
      CUdeviceptr visits = upload(new float[threads]);
      Pointer arguments = Pointer.to(arg(visits));
      check(cuLaunchKernel(kernel, 2, 3, 2, 4, 5, 3, 0, null, arguments, null));
      float[] bits = download(visits, threads);
      for (int i = 0; i < threads; i++) {
        assertEquals(i + 1, Float.floatToRawIntBits(bits[i]));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aTreeOfSumsInSharedMemory(long seed) {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      cuda.software.seed(seed);
      CUfunction kernel =
          kernel(
              "sum",
              """
              extern "C" __global__ void __launch_bounds__(THREADS) sum(const float *x, float *y, int n) {
                __shared__ float part[THREADS];
                int t = threadIdx.x, i = blockIdx.x * THREADS + t;
                part[t] = i < n ? x[i] : 0.0f;
                __syncthreads();
                for (int half = THREADS / 2; half > 0; half /= 2) {
                  if (t < half) part[t] += part[t + half];
                  __syncthreads();
                }
                if (t == 0) y[blockIdx.x] = part[0];
              }
              """,
              "-DTHREADS=64");
      CUdeviceptr sums = allocate(3);
      check(launch(kernel, 3, 64, arg(upload(range(150))), arg(sums), arg(150)));
      assertArrayEquals(
          new float[] {63 * 64 / 2, 64 * 64 + 63 * 64 / 2, 22 * 128 + 21 * 22 / 2},
          download(sums, 3));
    }
  }

  @Test
  void dynamicSharedMemoryInAFunctionAndOutside() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUmodule module =
          load(
              Compilation.cubin(
                  """
                  extern __shared__ __align__(16) float buffer[];
                  extern "C" __global__ void outside(float *x) {
                    buffer[threadIdx.x] = x[threadIdx.x];
                    __syncthreads();
                    x[threadIdx.x] = buffer[blockDim.x - 1 - threadIdx.x];
                  }
                  extern "C" __global__ void inside(float *x) {
                    extern __shared__ int integers[];
                    integers[threadIdx.x] = (int)x[threadIdx.x];
                    __syncthreads();
                    x[threadIdx.x] = integers[(threadIdx.x + 1) % blockDim.x];
                  }
                  """));
      CUdeviceptr x = upload(0, 1, 2, 3, 4);
      check(launch(function(module, "outside"), 1, 5, 20, null, arg(x)));
      check(launch(function(module, "inside"), 1, 5, 20, null, arg(x)));
      assertArrayEquals(new float[] {3, 2, 1, 0, 4}, download(x, 5));
    }
  }

  @Test
  void sharedMemoryOfTemplatesAndOfInlineFunctions() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel(
              "both",
              """
              template <int N> __device__ float turned(float x) {
                __shared__ float s[N];
                s[threadIdx.x] = x;
                __syncthreads();
                return s[N - 1 - threadIdx.x];
              }
              __device__ inline float next(float x) {
                __shared__ float s[4];
                s[threadIdx.x] = x;
                __syncthreads();
                return s[(threadIdx.x + 1) % 4];
              }
              extern "C" __global__ void both(float *x) {
                x[threadIdx.x] = 10 * turned<4>(x[threadIdx.x]) + next(x[threadIdx.x]);
              }
              """);
      CUdeviceptr x = upload(0, 1, 2, 3);
      check(launch(kernel, 1, 4, arg(x)));
      assertArrayEquals(new float[] {31, 22, 13, 0}, download(x, 4));
    }
  }

  @Test
  void pageLockedMemoryIsReadInPlace() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel("copy", "extern \"C\" __global__ void copy(float *y, float *x) { *y = *x; }");
      PinnedFloats host = new PinnedFloats(6);
      CUdeviceptr seen = new CUdeviceptr();
      check(cuMemHostGetDevicePointer(seen, host.pointer, 0));
      CUdeviceptr y = allocate(1);
      check(launch(kernel, 1, 1, arg(y), arg(seen)));
      assertArrayEquals(new float[] {6}, download(y, 1));
    }
  }

  @Test
  void lanesOfAWarpExchange() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel(
              "lanes",
              """
              extern "C" __global__ void lanes(float *y) {
                int t = threadIdx.x;
                float *out = y + t * 6;
                const unsigned all = 0xffffffff;
                float sum = t;
                for (int half = 16; half > 0; half /= 2) sum += __shfl_xor_sync(all, sum, half);
                out[0] = sum;
                out[1] = __shfl_sync(all, (float)t, 3);
                out[2] = __shfl_down_sync(all, (float)t, 2, 8);
                out[3] = __shfl_up_sync(all, (float)t, 2, 8);
                out[4] = __popc(__ballot_sync(all, t % 3 == 0));
                out[5] = __any_sync(all, t == 70) * 2 + __all_sync(all, t < 64);
              }
              """);
      CUdeviceptr y = allocate(64 * 6);
      check(launch(kernel, 1, 64, arg(y)));
      float[] lanes = download(y, 64 * 6);
      for (int t = 0; t < 64; t++) {
        int lane = t % 32;
        assertEquals(t < 32 ? 496 : 1520, lanes[t * 6]);
        assertEquals(t < 32 ? 3 : 35, lanes[t * 6 + 1]);
        assertEquals(lane % 8 < 6 ? t + 2 : t, lanes[t * 6 + 2]);
        assertEquals(lane % 8 >= 2 ? t - 2 : t, lanes[t * 6 + 3]);
        assertEquals(11, lanes[t * 6 + 4]);
        assertEquals(1, lanes[t * 6 + 5]);
      }
    }
  }

  @Test
  void vectorsStructuresAndHalves() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel(
              "mixed",
              """
              #include <cuda_fp16.h>
              struct Scale { char tag; float by; int4 add; };
              extern "C" __global__ void mixed(const float4 *__restrict__ x, float *y, Scale scale, double twice) {
                float4 v = __ldg(x + 1);
                y[0] = fmaf(v.x, scale.by, scale.add.x) * (float)twice;
                y[1] = rsqrtf(v.w) + max(v.y, 100.0f) + min(3, 2);
                y[2] = __half2float(__float2half(v.z + 0.0001f));
                y[3] = __int_as_float(__float_as_int(v.x)) + __float2int_rn(2.5f) + make_float2(1, 2).y;
              }
              """);
      byte[] scale = new byte[32];
      ByteBuffer.wrap(scale).order(ByteOrder.nativeOrder()).putFloat(4, 10).putInt(16, 7);
      CUdeviceptr y = allocate(4);
      check(
          launch(
              kernel,
              1,
              1,
              arg(upload(0, 0, 0, 0, 1, 2, 3, 4)),
              arg(y),
              Pointer.to(scale),
              Pointer.to(new double[] {2})));
      assertArrayEquals(new float[] {34, 102.5f, 3, 5}, download(y, 4));
    }
  }

  @Test
  void argumentsMayLieInOneBuffer() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel(
              "sum",
              "extern \"C\" __global__ void sum(int a, double b, float *y, float c) { *y = a + b +"
                  + " c; }");
      CUdeviceptr y = allocate(1);
      ByteBuffer buffer = ByteBuffer.allocateDirect(28).order(ByteOrder.nativeOrder());
      // Each at its alignment; the address of y is where its argument would be.
      buffer.putInt(0, 1).putDouble(8, 20).putFloat(24, 300);
      buffer.putLong(16, addressOf(y));
      assertEquals(
          CUresult.CUDA_ERROR_INVALID_VALUE, launchWithBuffer(kernel, buffer, 24), "too short");
      check(launchWithBuffer(kernel, buffer, 28));
      assertArrayEquals(new float[] {321}, download(y, 1));
    }
  }

  private static int launchWithBuffer(CUfunction kernel, ByteBuffer buffer, long bytes) {
    Pointer extra =
        Pointer.to(
            CU_LAUNCH_PARAM_BUFFER_POINTER,
            Pointer.to(buffer),
            CU_LAUNCH_PARAM_BUFFER_SIZE,
            Pointer.to(new long[] {bytes}),
            CU_LAUNCH_PARAM_END);
    return cuLaunchKernel(kernel, 1, 1, 1, 1, 1, 1, 0, null, null, extra);
  }

  /** A kernel writes its argument's bits, for JCuda keeps addresses to itself. */
  private static long addressOf(CUdeviceptr pointer) {
    CUfunction kernel =
        kernel(
            "tell",
            "extern \"C\" __global__ void tell(long long told, long long *y) { *y = told; }");
    CUdeviceptr y = allocate(2);
    check(launch(kernel, 1, 1, arg(pointer), arg(y)));
    long[] address = new long[1];
    check(cuMemcpyDtoH(Pointer.to(address), y, 8));
    return address[0];
  }

  @Test
  void variablesOfAModuleAreFoundByName() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUmodule module =
          load(
              Compilation.cubin(
                  """
                  __constant__ float table[3];
                  extern "C" __global__ void look(float *y) { y[threadIdx.x] = table[threadIdx.x]; }
                  """));
      CUdeviceptr table = new CUdeviceptr();
      long[] bytes = new long[1];
      check(cuModuleGetGlobal(table, bytes, module, "table"));
      assertEquals(12, bytes[0]);
      check(cuMemcpyHtoD(table, Pointer.to(new float[] {7, 8, 9}), 12));
      CUdeviceptr y = allocate(3);
      check(launch(function(module, "look"), 1, 3, arg(y)));
      assertArrayEquals(new float[] {7, 8, 9}, download(y, 3));
      assertEquals(CUresult.CUDA_ERROR_NOT_FOUND, cuModuleGetGlobal(table, bytes, module, "chair"));
    }
  }

  @Test
  void launchesBeyondTheLimitsAreRefused() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel("nothing", "extern \"C\" __global__ void __launch_bounds__(128) nothing() {}");
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, launch(kernel, 1, 1025));
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, launch(kernel, 0, 1));
      assertEquals(CUresult.CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, launch(kernel, 1, 129));
      assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, launch(kernel, 1, 1, (48 << 10) + 1, null));
      assertEquals(
          CUresult.CUDA_ERROR_INVALID_VALUE,
          cuLaunchKernel(kernel, 1, 65536, 1, 1, 1, 1, 0, null, Pointer.to(new Pointer[0]), null));
      check(
          cuFuncSetAttribute(
              kernel,
              CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
              100 << 10));
      check(launch(kernel, 1, 128, 100 << 10, null));
      int[] threads = new int[1];
      check(
          cuFuncGetAttribute(
              threads, CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK, kernel));
      assertEquals(128, threads[0]);
    }
  }

  @Test
  void aFunctionEndsWithItsModule() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUmodule module = load(Compilation.cubin("extern \"C\" __global__ void nothing() {}"));
      CUfunction kernel = function(module, "nothing");
      check(launch(kernel, 1, 1));
      assertEquals(1, cuda.software.counter("modules"));
      assertEquals(1, cuda.software.counter("kernel_launches"));
      check(cuModuleUnload(module));
      assertEquals(0, cuda.software.counter("modules"));
      assertEquals(CUresult.CUDA_ERROR_INVALID_HANDLE, launch(kernel, 1, 1));
      assertEquals(CUresult.CUDA_ERROR_INVALID_HANDLE, cuModuleUnload(module));
    }
  }

  @Test
  void namesAreThoseOfC() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUmodule module =
          load(
              Compilation.cubin(
                  """
                  extern "C" {
                  __global__ void plain(int *x) { *x = 1; }
                  }
                  __global__ void mangled(int *x) { *x = 1; }
                  """));
      CUfunction found = new CUfunction();
      check(cuModuleGetFunction(found, module, "plain"));
      assertEquals(CUresult.CUDA_ERROR_NOT_FOUND, cuModuleGetFunction(found, module, "mangled"));
      assertEquals(CUresult.CUDA_ERROR_NOT_FOUND, cuModuleGetFunction(found, module, "absent"));
    }
  }
}
