// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.OutOfDeviceMemoryException;
import java.util.function.Supplier;
import jcuda.driver.CUresult;
import jcuda.jcublas.cublasStatus;
import jcuda.jcudnn.JCudnn;
import jcuda.nvrtc.nvrtcResult;

/**
 * Turns status codes of CUDA calls into exceptions; the one place that does. Each library has codes
 * of its own.
 */
public final class Status {
  /** What cuDNN calls {@code CUDNN_STATUS_ALLOC_FAILED}, in version 9 and before it. */
  private static final int CUDNN_INTERNAL_ALLOCATION = 4003;

  private static final int CUDNN_ALLOCATION_BEFORE_9 = 2;

  private Status() {}

  /**
   * Returns if a call of the driver succeeded.
   *
   * @param call its name
   * @param asked what it was asked for, for the message
   */
  public static void driver(int status, String call, Supplier<String> asked) {
    if (status == CUresult.CUDA_SUCCESS) {
      return;
    }
    String message = message(call, CUresult.stringFor(status), status, asked);
    throw status == CUresult.CUDA_ERROR_OUT_OF_MEMORY
        ? new OutOfDeviceMemoryException(message)
        : new DeviceException(message);
  }

  /** Returns if a call of cuBLAS succeeded. */
  public static void cublas(int status, String call, Supplier<String> asked) {
    if (status == cublasStatus.CUBLAS_STATUS_SUCCESS) {
      return;
    }
    String message = message(call, cublasStatus.stringFor(status), status, asked);
    throw status == cublasStatus.CUBLAS_STATUS_ALLOC_FAILED
        ? new OutOfDeviceMemoryException(message)
        : new DeviceException(message);
  }

  /** Returns if a call of cuDNN succeeded. */
  public static void cudnn(int status, String call, Supplier<String> asked) {
    if (status == 0) {
      return;
    }
    // The binding's own names are those of version 8.
    String message = message(call, JCudnn.cudnnGetErrorString(status), status, asked);
    throw status == CUDNN_INTERNAL_ALLOCATION || status == CUDNN_ALLOCATION_BEFORE_9
        ? new OutOfDeviceMemoryException(message)
        : new DeviceException(message);
  }

  /** Returns if a call of NVRTC succeeded. */
  public static void nvrtc(int status, String call, Supplier<String> asked) {
    if (status != nvrtcResult.NVRTC_SUCCESS) {
      throw new DeviceException(message(call, nvrtcResult.stringFor(status), status, asked));
    }
  }

  private static String message(String call, String name, int status, Supplier<String> asked) {
    return call + " failed with " + name + " (" + status + "): " + asked.get();
  }
}
