// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnHandle;

/** A handle of cuDNN for one stream. */
final class DnnHandle implements AutoCloseable {
  private final Handle<cudnnHandle> handle;

  DnnHandle(CudaStream stream) {
    CudaContext context = stream.context();
    cudnnHandle made = new cudnnHandle();
    Status.cudnn(JCudnn.cudnnCreate(made), "cudnnCreate", () -> context.facts().name());
    this.handle =
        new Handle<>(
            made,
            Ledger.Kind.CUDNN,
            context.ledger(),
            released -> {
              try (CudaContext.Scope _ = context.enter()) {
                Status.cudnn(JCudnn.cudnnDestroy(released), "cudnnDestroy", () -> "a handle");
              }
            });
    try {
      Status.cudnn(
          JCudnn.cudnnSetStream(made, stream.runtimeStream()), "cudnnSetStream", () -> "a stream");
    } catch (RuntimeException | Error e) {
      handle.close();
      throw e;
    }
  }

  cudnnHandle get() {
    return handle.get();
  }

  @Override
  public void close() {
    handle.close();
  }
}
