// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import java.util.Arrays;
import java.util.Optional;
import jcuda.jcudnn.cudnnConvolutionFwdAlgo;

/**
 * Those of cuDNN's algorithms for convolutions that sum products, in any order.
 *
 * <p>Those of Winograd and of the FFT round more than a sum does. NVIDIA tells neither their tiles
 * nor their transforms, so that no bound on their errors is known; they are not taken.
 */
enum ForwardAlgorithm {
  IMPLICIT_GEMM("implicit-gemm", cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM),
  PRECOMPUTED_GEMM(
      "precomp-gemm", cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM),
  GEMM("gemm", cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_GEMM),
  DIRECT("direct", cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_DIRECT);

  private final String label;
  private final int number;

  ForwardAlgorithm(String label, int number) {
    this.label = label;
    this.number = number;
  }

  /** As in the names of algorithms. */
  String label() {
    return label;
  }

  /** One of {@code cudnnConvolutionFwdAlgo}. */
  int number() {
    return number;
  }

  /** The one of this number, if it is one of these. */
  static Optional<ForwardAlgorithm> of(int number) {
    return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
  }
}
