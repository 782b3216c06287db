// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.Precision;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasPointerMode;

/**
 * A handle of cuBLAS for one stream. Its workspace is ours: what cuBLAS would allocate by itself it
 * would share between streams, which makes results depend on what runs beside.
 */
final class BlasHandle implements AutoCloseable {
  /** What NVIDIA recommends: 4 MiB, and 32 from compute capability 9.0 on. */
  private static final long WORKSPACE = 4L << 20;

  private static final long LARGE_WORKSPACE = 32L << 20;

  private final Handle<cublasHandle> handle;
  private final CudaBuffer workspace;
  private Precision precision = Precision.FP32;

  BlasHandle(CudaStream stream) {
    CudaContext context = stream.context();
    cublasHandle made = new cublasHandle();
    Status.cublas(JCublas2.cublasCreate(made), "cublasCreate", () -> context.facts().name());
    this.handle =
        new Handle<>(
            made,
            Ledger.Kind.CUBLAS,
            context.ledger(),
            released -> {
              try (CudaContext.Scope _ = context.enter()) {
                Status.cublas(JCublas2.cublasDestroy(released), "cublasDestroy", () -> "a handle");
              }
            });
    try {
      this.workspace = context.allocate(context.facts().major() >= 9 ? LARGE_WORKSPACE : WORKSPACE);
      configure(made, stream);
    } catch (RuntimeException | Error e) {
      handle.close();
      throw e;
    }
  }

  private void configure(cublasHandle made, CudaStream stream) {
    try {
      Status.cublas(
          JCublas2.cublasSetStream(made, stream.runtimeStream()),
          "cublasSetStream",
          () -> "a stream");
      // After the stream: setting a stream takes the workspace away.
      Status.cublas(
          JCublas2.cublasSetWorkspace(made, workspace.address(), workspace.bytes()),
          "cublasSetWorkspace",
          () -> workspace.bytes() + " bytes");
      Status.cublas(
          JCublas2.cublasSetPointerMode(made, cublasPointerMode.CUBLAS_POINTER_MODE_HOST),
          "cublasSetPointerMode",
          () -> "factors in the host's memory");
      setMathMode(made, precision);
    } catch (RuntimeException | Error e) {
      workspace.close();
      throw e;
    }
  }

  /** The handle, set to multiply in this precision. */
  cublasHandle in(Precision wanted) {
    if (precision != wanted) {
      setMathMode(handle.get(), wanted);
      precision = wanted;
    }
    return handle.get();
  }

  /**
   * The default mode keeps all bits of FP32 in products and sums; TF32 is a mode to be asked for.
   */
  private static void setMathMode(cublasHandle handle, Precision precision) {
    int mode =
        switch (precision) {
          case FP32 -> cublasMath.CUBLAS_DEFAULT_MATH;
          case TF32 -> cublasMath.CUBLAS_TF32_TENSOR_OP_MATH;
          case FP16, BF16 -> throw new DeviceException("cuBLAS is not used in " + precision);
        };
    Status.cublas(
        JCublas2.cublasSetMathMode(handle, mode), "cublasSetMathMode", precision::toString);
  }

  @Override
  public void close() {
    try (workspace) {
      handle.close();
    }
  }
}
