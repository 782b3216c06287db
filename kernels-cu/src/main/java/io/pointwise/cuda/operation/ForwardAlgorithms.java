// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.Status;
import java.util.Optional;
import java.util.function.Supplier;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionFwdAlgo;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnDeterminism;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;

/**
 * Which of cuDNN's algorithms for convolutions is taken: the one that its heuristic ranks highest
 * of those that sum products, in any order, and give the same bits every time.
 *
 * <p>Those of Winograd and of the FFT round more than a sum does, by transforms that NVIDIA does
 * not tell, so that no bound on their errors is known; they are not taken.
 */
final class ForwardAlgorithms {
  /** Why there may be none. */
  static final String REFUSAL =
      "offers no algorithm of plain sums for these sizes in "
          + (Workspace.MOST >> 20)
          + " MiB of scratch memory";

  private ForwardAlgorithms() {}

  /**
   * What describes a convolution to cuDNN.
   *
   * @param input the input, with what was put around it
   * @param weight the weights
   * @param convolution the window
   * @param output the output
   */
  record ConvolutionDescriptors(
      cudnnTensorDescriptor input,
      cudnnFilterDescriptor weight,
      cudnnConvolutionDescriptor convolution,
      cudnnTensorDescriptor output) {}

  /**
   * The algorithm that is taken.
   *
   * @param algorithm one of {@code cudnnConvolutionFwdAlgo}
   * @param workspaceBytes scratch memory that it needs
   */
  record Choice(int algorithm, long workspaceBytes) {}

  private static boolean isSum(int algorithm) {
    return switch (algorithm) {
      case cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM,
          cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM,
          cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_GEMM,
          cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_DIRECT ->
          true;
      default -> false;
    };
  }

  /** That algorithm, if there is one that fits into so much scratch memory. */
  static Optional<Choice> choose(
      cudnnHandle handle, ConvolutionDescriptors of, long mostBytes, Supplier<String> asked) {
    cudnnConvolutionFwdAlgoPerf[] ranked =
        new cudnnConvolutionFwdAlgoPerf[cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_COUNT];
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = new cudnnConvolutionFwdAlgoPerf();
    }
    int[] count = new int[1];
    Status.cudnn(
        JCudnn.cudnnGetConvolutionForwardAlgorithm_v7(
            handle,
            of.input(),
            of.weight(),
            of.convolution(),
            of.output(),
            ranked.length,
            count,
            ranked),
        "cudnnGetConvolutionForwardAlgorithm_v7",
        asked);
    for (int i = 0; i < count[0]; i++) {
      if (isSum(ranked[i].algo)
          && ranked[i].status == 0
          && ranked[i].determinism == cudnnDeterminism.CUDNN_DETERMINISTIC
          && ranked[i].memory <= mostBytes) {
        return Optional.of(new Choice(ranked[i].algo, ranked[i].memory));
      }
    }
    return Optional.empty();
  }
}
