// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import java.util.Arrays;
import java.util.Optional;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgo;

/**
 * Those of cuDNN's algorithms for the gradient of a convolution's input, which is a transposed
 * convolution, that sum products; of the others see {@link ForwardAlgorithm}.
 */
enum GradientAlgorithm {
  /** Adds up in memory, in any order: not the same bits every time. */
  ATOMIC("atomic", cudnnConvolutionBwdDataAlgo.CUDNN_CONVOLUTION_BWD_DATA_ALGO_0),
  GEMM("gemm", cudnnConvolutionBwdDataAlgo.CUDNN_CONVOLUTION_BWD_DATA_ALGO_1);

  private final String label;
  private final int number;

  GradientAlgorithm(String label, int number) {
    this.label = label;
    this.number = number;
  }

  /** As in the names of algorithms. */
  String label() {
    return label;
  }

  /** One of {@code cudnnConvolutionBwdDataAlgo}. */
  int number() {
    return number;
  }

  /** The one of this number, if it is one of these. */
  static Optional<GradientAlgorithm> of(int number) {
    return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
  }
}
