// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.arg;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.download;
import static io.pointwise.softwarecuda.SimulatedDevice.kernel;
import static io.pointwise.softwarecuda.SimulatedDevice.launch;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventElapsedTime;
import static jcuda.driver.JCudaDriver.cuEventQuery;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuLaunchHostFunc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemsetD32Async;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamDestroy;
import static jcuda.driver.JCudaDriver.cuStreamQuery;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import org.junit.jupiter.api.Test;

/** Work is done late, in any order that the program allows. */
final class StreamTest {
  private static final int SEEDS = 32;

  private static CUstream stream(int flags) {
    CUstream stream = new CUstream();
    check(cuStreamCreate(stream, flags));
    return stream;
  }

  private static CUstream nonBlocking() {
    return stream(CUstream_flags.CU_STREAM_NON_BLOCKING);
  }

  private static CUevent event(int flags) {
    CUevent event = new CUevent();
    check(cuEventCreate(event, flags));
    return event;
  }

  private static void set(CUdeviceptr memory, float value, CUstream stream) {
    check(cuMemsetD32Async(memory, Float.floatToRawIntBits(value), 1, stream));
  }

  @Test
  void aCopyToPageLockedMemoryShowsWhenItIsWaitedFor() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = nonBlocking();
      PinnedFloats host = new PinnedFloats(5);
      CUdeviceptr device = upload(6);
      check(cuMemcpyDtoHAsync(host.pointer, device, host.bytes(), stream));
      assertEquals(5, host.values.get(0), "stale");
      check(cuStreamSynchronize(stream));
      assertEquals(6, host.values.get(0));
    }
  }

  @Test
  void aCopyFromPageLockedMemoryReadsItWhenItRuns() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = nonBlocking();
      PinnedFloats host = new PinnedFloats(5);
      CUdeviceptr device = allocate(1);
      check(cuMemcpyHtoDAsync(device, host.pointer, host.bytes(), stream));
      host.values.put(0, 6);
      check(cuStreamSynchronize(stream));
      assertArrayEquals(new float[] {6}, download(device, 1));
    }
  }

  @Test
  void pageableMemoryIsNotTouchedAfterTheCall() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = nonBlocking();
      float[] host = {5};
      CUdeviceptr device = allocate(1);
      check(cuMemcpyHtoDAsync(device, Pointer.to(host), 4, stream));
      host[0] = 6;
      float[] back = new float[1];
      check(cuMemcpyDtoHAsync(Pointer.to(back), device, 4, stream));
      assertEquals(5, back[0]);
    }
  }

  /** What 32 seeds make of two copies in two streams, the second of which needs the first. */
  private static Set<Float> resultsOfTwoStreams(boolean ordered) {
    Set<Float> results = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (SimulatedDevice cuda = SimulatedDevice.open()) {
        cuda.software.seed(seed);
        CUstream first = nonBlocking();
        CUstream second = nonBlocking();
        CUevent event = event(CUevent_flags.CU_EVENT_DISABLE_TIMING);
        CUdeviceptr device = upload(1);
        PinnedFloats host = new PinnedFloats(0);
        set(device, 2, first);
        check(cuEventRecord(event, first));
        if (ordered) {
          check(cuStreamWaitEvent(second, event, 0));
        }
        check(cuMemcpyDtoHAsync(host.pointer, device, host.bytes(), second));
        check(cuStreamSynchronize(second));
        results.add(host.values.get(0));
      }
    }
    return results;
  }

  @Test
  void anEventOrdersTwoStreams() {
    assertEquals(Set.of(2f), resultsOfTwoStreams(true));
  }

  @Test
  void withoutAnEventEitherStreamMayBeFirst() {
    assertEquals(Set.of(1f, 2f), resultsOfTwoStreams(false));
  }

  @Test
  void aSeedGivesTheSameOrderAgain() {
    List<List<Integer>> runs = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      try (SimulatedDevice cuda = SimulatedDevice.open()) {
        cuda.software.seed(seed);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
          check(cuLaunchHostFunc(nonBlocking(), data -> order.add((Integer) data), i));
        }
        check(cuCtxSynchronize());
        runs.add(List.copyOf(order));
      }
    }
    assertEquals(runs.get(0), runs.get(1));
    assertTrue(!runs.get(0).equals(runs.get(2)), "two seeds, one order: " + runs.get(0));
  }

  @Test
  void theLegacyStreamWaitsForBlockingStreamsAlone() {
    Set<String> results = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (SimulatedDevice cuda = SimulatedDevice.open()) {
        cuda.software.seed(seed);
        CUdeviceptr blocking = upload(0);
        CUdeviceptr other = upload(0);
        set(blocking, 1, stream(CUstream_flags.CU_STREAM_DEFAULT));
        set(other, 1, nonBlocking());
        results.add(Arrays.toString(download(blocking, 1)) + Arrays.toString(download(other, 1)));
      }
    }
    assertEquals(Set.of("[1.0][0.0]", "[1.0][1.0]"), results);
  }

  @Test
  void blockingStreamsWaitForTheLegacyStream() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (SimulatedDevice cuda = SimulatedDevice.open()) {
        cuda.software.seed(seed);
        CUdeviceptr device = upload(0);
        PinnedFloats host = new PinnedFloats(0);
        CUstream stream = stream(CUstream_flags.CU_STREAM_DEFAULT);
        check(cuMemsetD32Async(device, Float.floatToRawIntBits(3), 1, null));
        check(cuMemcpyDtoHAsync(host.pointer, device, host.bytes(), stream));
        check(cuStreamSynchronize(stream));
        assertEquals(3, host.values.get(0));
      }
    }
  }

  @Test
  void askingMakesWorkGoOn() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = nonBlocking();
      CUevent event = event(CUevent_flags.CU_EVENT_DEFAULT);
      assertEquals(CUresult.CUDA_SUCCESS, cuEventQuery(event), "not recorded");
      CUdeviceptr device = allocate(1);
      set(device, 1, stream);
      check(cuEventRecord(event, stream));
      assertEquals(CUresult.CUDA_ERROR_NOT_READY, cuStreamQuery(stream));
      assertEquals(CUresult.CUDA_ERROR_NOT_READY, cuEventQuery(event));
      int asked = 0;
      while (cuEventQuery(event) == CUresult.CUDA_ERROR_NOT_READY) {
        assertTrue(++asked < 100);
      }
      assertEquals(CUresult.CUDA_SUCCESS, cuStreamQuery(stream));
    }
  }

  @Test
  void timeLiesBetweenEventsThatHaveHappened() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = nonBlocking();
      CUevent start = event(CUevent_flags.CU_EVENT_DEFAULT);
      CUevent end = event(CUevent_flags.CU_EVENT_DEFAULT);
      float[] milliseconds = {-1};
      int before = cuEventElapsedTime(milliseconds, start, end);
      assertEquals(CUresult.CUDA_ERROR_INVALID_HANDLE, before, "not recorded");
      check(cuEventRecord(start, stream));
      check(cuEventRecord(end, stream));
      assertEquals(CUresult.CUDA_ERROR_NOT_READY, cuEventElapsedTime(milliseconds, start, end));
      check(cuEventSynchronize(end));
      check(cuEventElapsedTime(milliseconds, start, end));
      assertTrue(milliseconds[0] >= 0);
      CUevent untimed = event(CUevent_flags.CU_EVENT_DISABLE_TIMING);
      check(cuEventRecord(untimed, stream));
      check(cuEventSynchronize(untimed));
      assertEquals(
          CUresult.CUDA_ERROR_INVALID_HANDLE, cuEventElapsedTime(milliseconds, start, untimed));
    }
  }

  @Test
  void aHostFunctionRunsInItsTurnAndMayNotCallCuda() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = nonBlocking();
      PinnedFloats host = new PinnedFloats(0);
      List<Float> seen = Collections.synchronizedList(new ArrayList<>());
      List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
      CUdeviceptr device = upload(4);
      check(cuMemcpyDtoHAsync(host.pointer, device, host.bytes(), stream));
      check(
          cuLaunchHostFunc(
              stream,
              data -> {
                seen.add(host.values.get(0));
                statuses.add(cuCtxSynchronize());
              },
              null));
      set(device, 5, stream);
      check(cuMemcpyDtoHAsync(host.pointer, device, host.bytes(), stream));
      check(cuStreamSynchronize(stream));
      assertEquals(List.of(4f), seen);
      assertEquals(List.of(CUresult.CUDA_ERROR_NOT_PERMITTED), statuses);
      assertEquals(5, host.values.get(0));
    }
  }

  @Test
  void aDestroyedStreamStillDoesItsWork() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      CUstream stream = stream(CUstream_flags.CU_STREAM_DEFAULT);
      assertEquals(1, cuda.software.counter("streams"));
      CUdeviceptr device = upload(0);
      set(device, 1, stream);
      check(cuStreamDestroy(stream));
      assertEquals(0, cuda.software.counter("streams"));
      assertEquals(CUresult.CUDA_ERROR_INVALID_HANDLE, cuStreamSynchronize(stream));
      assertArrayEquals(new float[] {1}, download(device, 1));
    }
  }

  @Test
  void aFreeWaitsForTheWorkThatUsesTheMemory() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction kernel =
          kernel("copy", "extern \"C\" __global__ void copy(float *y, float *x) { *y = *x; }");
      CUdeviceptr x = upload(7);
      CUdeviceptr y = allocate(1);
      check(launch(kernel, 1, 1, 0, nonBlocking(), arg(y), arg(x)));
      check(cuMemFree(x));
      assertArrayEquals(new float[] {7}, download(y, 1));
    }
  }
}
