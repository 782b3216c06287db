// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import java.util.Optional;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;

/** Work captured from a stream, which the driver enqueues with one call. */
final class CudaGraph implements DeviceStream.Recording {
  private final CudaStream stream;
  private final Handle<CUgraphExec> handle;

  private CudaGraph(CudaStream stream, Handle<CUgraphExec> handle) {
    this.stream = stream;
    this.handle = handle;
  }

  /**
   * Captures what {@code work} enqueues on the stream; empty where something in it cannot be
   * captured. A failure of the work itself shows again when it is enqueued without being captured.
   */
  static Optional<CudaGraph> capture(CudaStream stream, Runnable work) {
    try (CudaContext.Scope _ = stream.context().enter()) {
      // What other threads do meanwhile is none of this stream's business.
      Status.driver(
          JCudaDriver.cuStreamBeginCapture(
              stream.handle(), CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
          "cuStreamBeginCapture",
          () -> "a stream");
      CUgraph graph = new CUgraph();
      try {
        work.run();
      } catch (DeviceException e) {
        abandon(stream, graph);
        return refused(e.toString());
      } catch (RuntimeException | Error e) {
        abandon(stream, graph);
        throw e;
      }
      int ended = JCudaDriver.cuStreamEndCapture(stream.handle(), graph);
      return ended == CUresult.CUDA_SUCCESS
          ? instantiated(stream, graph)
          : refused("cuStreamEndCapture: " + CUresult.stringFor(ended));
    }
  }

  /** A capture that failed has no graph. */
  private static void abandon(CudaStream stream, CUgraph graph) {
    if (JCudaDriver.cuStreamEndCapture(stream.handle(), graph) == CUresult.CUDA_SUCCESS) {
      JCudaDriver.cuGraphDestroy(graph);
    }
  }

  private static Optional<CudaGraph> refused(String reason) {
    System.getLogger(CudaGraph.class.getName())
        .log(System.Logger.Level.DEBUG, () -> "a run is not captured: " + reason);
    return Optional.empty();
  }

  private static Optional<CudaGraph> instantiated(CudaStream stream, CUgraph graph) {
    try {
      CUgraphExec executable = new CUgraphExec();
      int status = JCudaDriver.cuGraphInstantiate(executable, graph, 0);
      if (status != CUresult.CUDA_SUCCESS) {
        return refused("cuGraphInstantiate: " + CUresult.stringFor(status));
      }
      CudaContext context = stream.context();
      Handle<CUgraphExec> handle =
          new Handle<>(
              executable,
              Ledger.Kind.GRAPH,
              context.ledger(),
              released -> {
                try (CudaContext.Scope _ = context.enter()) {
                  Status.driver(
                      JCudaDriver.cuGraphExecDestroy(released),
                      "cuGraphExecDestroy",
                      () -> "a captured run");
                }
              });
      return Optional.of(new CudaGraph(stream, handle));
    } finally {
      JCudaDriver.cuGraphDestroy(graph);
    }
  }

  @Override
  public void enqueue() {
    try (CudaContext.Scope _ = stream.context().enter()) {
      Status.driver(
          JCudaDriver.cuGraphLaunch(handle.get(), stream.handle()),
          "cuGraphLaunch",
          () -> "a captured run");
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
