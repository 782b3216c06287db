// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.List;

/** A shared library of CUDA that the device calls, by the soname of the version that it is for. */
public enum CudaLibrary {
  DRIVER("libcuda.so.1", "the NVIDIA driver"),
  CUBLAS("libcublas.so.12", "cuBLAS 12"),
  NVRTC("libnvrtc.so.12", "NVRTC 12"),
  CUDNN("libcudnn.so.9", "cuDNN 9"),
  CUDNN_GRAPH("libcudnn_graph.so.9", "cuDNN 9"),
  CUDNN_OPS("libcudnn_ops.so.9", "cuDNN 9"),
  CUDNN_CNN("libcudnn_cnn.so.9", "cuDNN 9"),
  CUDNN_HEURISTIC("libcudnn_heuristic.so.9", "cuDNN 9"),
  CUDNN_ENGINES_PRECOMPILED("libcudnn_engines_precompiled.so.9", "cuDNN 9"),
  CUDNN_ENGINES_RUNTIME_COMPILED("libcudnn_engines_runtime_compiled.so.9", "cuDNN 9");

  /**
   * What cuDNN loads by itself when it is first used. Where one is missing it ends the process, so
   * they are looked for before.
   */
  static final List<CudaLibrary> CUDNN_PARTS =
      List.of(
          CUDNN_GRAPH,
          CUDNN_OPS,
          CUDNN_CNN,
          CUDNN_HEURISTIC,
          CUDNN_ENGINES_PRECOMPILED,
          CUDNN_ENGINES_RUNTIME_COMPILED);

  private final String soname;
  private final String product;

  CudaLibrary(String soname, String product) {
    this.soname = soname;
    this.product = product;
  }

  /** The file that is looked for: {@code libcublas.so.12}. */
  public String soname() {
    return soname;
  }

  /** What has to be installed to have it. */
  public String product() {
    return product;
  }

  /** The soname without its version: {@code libcublas.so}. */
  public String stem() {
    return soname.substring(0, soname.lastIndexOf(".so") + ".so".length());
  }
}
