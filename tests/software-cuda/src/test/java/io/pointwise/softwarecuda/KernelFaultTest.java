// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.arg;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.kernel;
import static io.pointwise.softwarecuda.SimulatedDevice.launch;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.Test;

/** Kernels that are wrong are told so, with the place. */
final class KernelFaultTest {
  /** Runs one block of a kernel over {@code float *x} and expects a fault. */
  private static void faults(int status, String report, int threads, int sharedBytes, String body) {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel("wrong", "extern \"C\" __global__ void wrong(float *x, int n) {\n" + body + "\n}");
      CUdeviceptr x = upload(new float[8]);
      check(launch(kernel, 1, threads, sharedBytes, null, arg(x), arg(8)));
      assertEquals(CUresult.stringFor(status), CUresult.stringFor(cuCtxSynchronize()));
      String said = cuda.software.lastReport();
      assertTrue(said.startsWith("kernel wrong: "), said);
      assertTrue(said.contains(report), said);
      // It stays until the context ends.
      assertEquals(status, cuMemAlloc(new CUdeviceptr(), 4));
    }
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      check(cuCtxSynchronize());
    }
  }

  @Test
  void aWriteBehindAnAllocation() {
    faults(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, "writes 4 bytes at ", 9, 0, "x[threadIdx.x] = 1;");
  }

  @Test
  void theFaultNamesDistanceBlockAndThread() {
    faults(
        CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
        "(8 bytes after an allocation of 32 bytes), in block (0, 0, 0), thread (3, 0, 0)",
        4,
        0,
        "if (threadIdx.x == 3) x[0] = x[n + 2];");
  }

  @Test
  void aReadBeforeAnAllocation() {
    faults(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, "reads 4 bytes", 1, 0, "x[0] = x[-n];");
  }

  @Test
  void aNullPointer() {
    faults(
        CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
        "writes 4 bytes at 0x",
        1,
        0,
        "*(float *)(n - 8L) = 1;");
  }

  @Test
  void aVectorThatIsNotAligned() {
    faults(
        CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
        "misaligned access",
        1,
        0,
        "float4 v = *(float4 *)(x + n - 7); x[0] = v.y;");
  }

  @Test
  void anIndexBeyondASharedArray() {
    faults(
        CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
        "an index beyond its array at line 3",
        9,
        0,
        "__shared__ float s[8];\ns[threadIdx.x] = 1; x[0] = s[0];");
  }

  @Test
  void moreDynamicSharedMemoryThanWasAskedFor() {
    faults(
        CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
        "writes 4 bytes at byte 28 of dynamic shared memory, of which 28 bytes were asked for",
        8,
        28,
        "extern __shared__ float s[]; s[threadIdx.x] = 1; x[0] = s[0];");
  }

  @Test
  void aDivisionByZero() {
    faults(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        "an integer division by zero at line 2",
        1,
        0,
        "x[0] = 5 / (n - 8);");
  }

  @Test
  void anAssertion() {
    faults(
        CUresult.CUDA_ERROR_ASSERT, "assertion failed at line 2: n == 9", 1, 0, "assert(n == 9);");
  }

  @Test
  void aBarrierThatSomeThreadsReach() {
    faults(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        "divergent: of 8 threads 3 wait at __syncthreads",
        8,
        0,
        "if (threadIdx.x < 3) __syncthreads();\nx[threadIdx.x] = 1;");
  }

  @Test
  void aBarrierAfterSomeThreadsHaveLeft() {
    faults(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        "divergent",
        8,
        0,
        "if (threadIdx.x == 7) return;\n__syncthreads();\nx[threadIdx.x] = 1;");
  }

  @Test
  void twoBarriersAtOnce() {
    faults(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        "divergent",
        8,
        0,
        "if (threadIdx.x < 4) {\n__syncthreads();\n} else {\n__syncthreads();\n}");
  }

  @Test
  void aShuffleFromALaneThatTakesNoPart() {
    faults(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        "reads lane 9, which takes no part",
        8,
        0,
        "x[threadIdx.x] = __shfl_sync(0xffffffff, 1.0f, 9);");
  }

  @Test
  void sharedMemoryIsNotANumberAtFirst() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel(
              "stale",
              """
              extern "C" __global__ void stale(float *x) {
                __shared__ float s[1];
                x[blockIdx.x] = s[0];
                s[0] = 5;
              }
              """);
      CUdeviceptr x = allocate(3);
      check(launch(kernel, 3, 1, arg(x)));
      for (float value : SimulatedDevice.download(x, 3)) {
        assertTrue(Float.isNaN(value));
      }
    }
  }

  /** Neighbours are read before a barrier lets them be written: some order of threads shows it. */
  @Test
  void aForgottenBarrierShowsWithSomeSeed() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel(
              "race",
              """
              extern "C" __global__ void race(float *x) {
                __shared__ float s[4];
                s[threadIdx.x] = threadIdx.x;
                x[threadIdx.x] = s[threadIdx.x ^ 1];
              }
              """);
      Set<String> results = new HashSet<>();
      for (long seed = 1; seed <= 16; seed++) {
        cuda.software.seed(seed);
        CUdeviceptr x = allocate(4);
        check(launch(kernel, 1, 4, arg(x)));
        results.add(java.util.Arrays.toString(SimulatedDevice.download(x, 4)));
      }
      assertEquals(Set.of("[NaN, 0.0, NaN, 2.0]", "[1.0, NaN, 3.0, NaN]"), results);
    }
  }
}
