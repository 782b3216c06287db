// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.arg;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.kernel;
import static io.pointwise.softwarecuda.SimulatedDevice.launch;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.driver.JCudaDriver.cuCtxGetCurrent;
import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamDestroy;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import org.junit.jupiter.api.Test;

/** Many threads of a program may use one context. */
final class ThreadsTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 50;

  @Test
  void eachComputesInAStreamOfItsOwn() throws Exception {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUcontext context = new CUcontext();
      check(cuCtxGetCurrent(context));
      CUfunction kernel =
          kernel(
              "turn",
              """
              extern "C" __global__ void turn(float *x) {
                __shared__ float s[64];
                s[threadIdx.x] = x[threadIdx.x];
                __syncthreads();
                x[threadIdx.x] = s[(threadIdx.x + 1) % 64];
              }
              """);
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        List<Future<Float>> results = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          results.add(
              threads.submit(
                  () -> {
                    check(cuCtxSetCurrent(context));
                    return turn(kernel);
                  }));
        }
        for (Future<Float> result : results) {
          assertEquals(ROUNDS, result.get());
        }
      }
      assertEquals(THREADS * ROUNDS, cuda.software.counter("kernel_launches"));
      assertEquals(0, cuda.software.counter("live_allocations"));
      assertEquals(0, cuda.software.counter("streams"));
    }
  }

  /** Turns 0, 1, …, 63 by one place a round and gives what comes first. */
  private static float turn(CUfunction kernel) {
    CUstream stream = new CUstream();
    check(cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    float[] values = new float[64];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    CUdeviceptr x = upload(values);
    PinnedFloats first = new PinnedFloats(-1);
    for (int round = 0; round < ROUNDS; round++) {
      check(launch(kernel, 1, 64, 0, stream, arg(x)));
      if (round % 7 == 0) {
        check(cuStreamSynchronize(stream));
      }
    }
    check(cuMemcpyDtoHAsync(first.pointer, x, Float.BYTES, stream));
    check(cuStreamSynchronize(stream));
    check(cuMemFree(x));
    check(cuStreamDestroy(stream));
    return first.values.get(0);
  }
}
