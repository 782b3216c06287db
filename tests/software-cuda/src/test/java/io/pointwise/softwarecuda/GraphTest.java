// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.arg;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.kernel;
import static io.pointwise.softwarecuda.SimulatedDevice.launch;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuGraphDestroy;
import static jcuda.driver.JCudaDriver.cuGraphExecDestroy;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;
import static jcuda.driver.JCudaDriver.cuStreamIsCapturing;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnActivationDescriptor;
import jcuda.jcudnn.cudnnActivationMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.Test;

/** Streams captured into graphs, and graphs launched. */
final class GraphTest {
  private static final String ADD =
      "extern \"C\" __global__ void add(float *x, float by) { x[threadIdx.x] += by; }";

  private static CUstream stream() {
    CUstream stream = new CUstream();
    check(cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    return stream;
  }

  private static CUevent event() {
    CUevent event = new CUevent();
    check(cuEventCreate(event, 0));
    return event;
  }

  private static void begin(CUstream stream) {
    check(cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL));
  }

  private static CUgraphExec end(CUstream stream) {
    CUgraph graph = new CUgraph();
    check(cuStreamEndCapture(stream, graph));
    CUgraphExec executable = new CUgraphExec();
    check(cuGraphInstantiate(executable, graph, 0));
    check(cuGraphDestroy(graph));
    return executable;
  }

  private static int endStatus(CUstream stream) {
    return cuStreamEndCapture(stream, new CUgraph());
  }

  @Test
  void aReplayComputesWithNewInput() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      long handles = cuda.software.counter("handles");
      long descriptors = cuda.software.counter("descriptors");
      CUstream stream = stream();
      CUfunction add = kernel("add", ADD);
      cublasHandle blas = new cublasHandle();
      cudnnHandle dnn = new cudnnHandle();
      assertEquals(0, JCublas2.cublasCreate(blas));
      assertEquals(0, JCudnn.cudnnCreate(dnn));
      assertEquals(0, JCublas2.cublasSetStream(blas, new cudaStream_t(stream)));
      assertEquals(0, JCudnn.cudnnSetStream(dnn, new cudaStream_t(stream)));
      cudnnTensorDescriptor shape = new cudnnTensorDescriptor();
      assertEquals(0, JCudnn.cudnnCreateTensorDescriptor(shape));
      assertEquals(
          0,
          JCudnn.cudnnSetTensor4dDescriptor(
              shape,
              cudnnTensorFormat.CUDNN_TENSOR_NCHW,
              cudnnDataType.CUDNN_DATA_FLOAT,
              1,
              1,
              1,
              2));
      cudnnActivationDescriptor relu = new cudnnActivationDescriptor();
      assertEquals(0, JCudnn.cudnnCreateActivationDescriptor(relu));
      assertEquals(
          0,
          JCudnn.cudnnSetActivationDescriptor(
              relu, cudnnActivationMode.CUDNN_ACTIVATION_RELU, 0, 0));
      Pointer one = Pointer.to(new float[] {1});
      Pointer zero = Pointer.to(new float[] {0});
      PinnedFloats in = new PinnedFloats(1, 2);
      PinnedFloats out = new PinnedFloats(0, 0);
      CUdeviceptr x = allocate(2);
      CUdeviceptr matrix = upload(1, 3, 2, 4);
      CUdeviceptr y = allocate(2);
      cuda.software.resetCounters();

      begin(stream);
      check(cuMemcpyHtoDAsync(x, in.pointer, in.bytes(), stream));
      assertEquals(0, JCublas2.cublasSgemm(blas, 0, 0, 2, 1, 2, one, matrix, 2, x, 2, zero, y, 2));
      check(launch(add, 1, 2, 0, stream, arg(y), arg(-6f)));
      assertEquals(0, JCudnn.cudnnActivationForward(dnn, relu, one, shape, y, zero, shape, y));
      check(cuMemcpyDtoHAsync(out.pointer, y, out.bytes(), stream));
      int[] capturing = new int[1];
      check(cuStreamIsCapturing(stream, capturing));
      assertEquals(1, capturing[0]);
      CUgraphExec graph = end(stream);
      check(cuStreamSynchronize(stream));
      assertEquals(0, out.values.get(0), "captured, not run");
      assertEquals(0, cuda.software.counter("launches"));

      check(cuGraphLaunch(graph, stream));
      check(cuStreamSynchronize(stream));
      // [1 2; 3 4] (1, 2) = (5, 11), less 6, above 0.
      assertEquals(0, out.values.get(0));
      assertEquals(5, out.values.get(1));
      in.values.put(0, new float[] {3, 4});
      check(cuGraphLaunch(graph, stream));
      check(cuStreamSynchronize(stream));
      assertEquals(5, out.values.get(0));
      assertEquals(19, out.values.get(1));

      assertEquals(2, cuda.software.counter("graph_launches"));
      assertEquals(10, cuda.software.counter("graph_nodes"));
      assertEquals(0, cuda.software.counter("launches"));
      assertEquals(0, cuda.software.counter("copies_host_to_device"));
      assertEquals(1, cuda.software.counter("graphs"));
      check(cuGraphExecDestroy(graph));
      assertEquals(0, cuda.software.counter("graphs"));
      assertEquals(CUresult.CUDA_ERROR_INVALID_HANDLE, cuGraphLaunch(graph, stream));
      assertEquals(0, JCublas2.cublasDestroy(blas));
      assertEquals(0, JCudnn.cudnnDestroyTensorDescriptor(shape));
      assertEquals(0, JCudnn.cudnnDestroyActivationDescriptor(relu));
      assertEquals(0, JCudnn.cudnnDestroy(dnn));
      assertEquals(handles, cuda.software.counter("handles"));
      assertEquals(descriptors, cuda.software.counter("descriptors"));
    }
  }

  @Test
  void anEventBringsAnotherStreamInAndBack() {
    for (long seed = 1; seed <= 8; seed++) {
      try (SimulatedDevice cuda = SimulatedDevice.open()) {
        cuda.software.seed(seed);
        CUfunction add = kernel("add", ADD);
        CUstream origin = stream();
        CUstream branch = stream();
        CUevent fork = event();
        CUevent join = event();
        CUdeviceptr left = upload(0);
        CUdeviceptr right = upload(0);
        PinnedFloats out = new PinnedFloats(0);
        begin(origin);
        check(launch(add, 1, 1, 0, origin, arg(right), arg(1f)));
        check(cuEventRecord(fork, origin));
        check(cuStreamWaitEvent(branch, fork, 0));
        check(launch(add, 1, 1, 0, branch, arg(right), arg(2f)));
        check(launch(add, 1, 1, 0, origin, arg(left), arg(4f)));
        check(cuEventRecord(join, branch));
        assertEquals(CUresult.CUDA_ERROR_CAPTURED_EVENT, cuEventSynchronize(join));
        check(cuStreamWaitEvent(origin, join, 0));
        check(cuMemcpyDtoHAsync(out.pointer, right, out.bytes(), origin));
        CUgraphExec graph = end(origin);
        check(cuGraphLaunch(graph, branch));
        check(cuStreamSynchronize(branch));
        assertEquals(3, out.values.get(0));
      }
    }
  }

  @Test
  void aBranchThatDoesNotComeBackIsRefused() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction add = kernel("add", ADD);
      CUstream origin = stream();
      CUstream branch = stream();
      CUevent fork = event();
      CUdeviceptr x = upload(0);
      begin(origin);
      check(launch(add, 1, 1, 0, origin, arg(x), arg(1f)));
      check(cuEventRecord(fork, origin));
      check(cuStreamWaitEvent(branch, fork, 0));
      check(launch(add, 1, 1, 0, branch, arg(x), arg(1f)));
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_UNMATCHED, endStatus(branch));
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_UNJOINED, endStatus(origin));
      check(cuStreamSynchronize(branch));
    }
  }

  @Test
  void waitingSpoilsACapture() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = stream();
      begin(stream);
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuStreamSynchronize(stream));
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, endStatus(stream));
      check(cuStreamSynchronize(stream));
    }
  }

  @Test
  void allocatingSpoilsACapture() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = stream();
      begin(stream);
      assertEquals(
          CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuMemAlloc(new CUdeviceptr(), 4));
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, endStatus(stream));
      check(cuMemAlloc(new CUdeviceptr(), 4));
    }
  }

  @Test
  void whatIsNotCapturedCannotBeWaitedFor() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = stream();
      CUevent outside = event();
      check(cuEventRecord(outside, stream()));
      begin(stream);
      assertEquals(
          CUresult.CUDA_ERROR_STREAM_CAPTURE_ISOLATION, cuStreamWaitEvent(stream, outside, 0));
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, endStatus(stream));
    }
  }

  @Test
  void theLegacyStreamNeitherIsCapturedNorWaitsForWhatIs() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUfunction add = kernel("add", ADD);
      CUdeviceptr x = upload(0);
      assertEquals(
          CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuStreamBeginCapture(new CUstream(), 0));
      CUstream blocking = new CUstream();
      check(cuStreamCreate(blocking, CUstream_flags.CU_STREAM_DEFAULT));
      begin(blocking);
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_IMPLICIT, launch(add, 1, 1, arg(x), arg(1f)));
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, endStatus(blocking));
    }
  }

  /** A Java array is somewhere else, or nowhere, when the graph runs. */
  @Test
  void copiesOfPageableMemoryAreNotCaptured() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = stream();
      CUdeviceptr x = allocate(1);
      begin(stream);
      assertEquals(
          CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED,
          cuMemcpyHtoDAsync(x, Pointer.to(new float[1]), 4, stream));
      assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, endStatus(stream));
    }
  }

  @Test
  void memoryMustOutliveTheGraph() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUstream stream = stream();
      CUdeviceptr x = upload(1);
      PinnedFloats out = new PinnedFloats(0);
      begin(stream);
      check(cuMemcpyDtoHAsync(out.pointer, x, out.bytes(), stream));
      CUgraphExec graph = end(stream);
      check(cuMemFree(x));
      check(cuGraphLaunch(graph, stream));
      assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, cuStreamSynchronize(stream));
    }
  }
}
