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
 * Which of cuDNN's algorithms for convolutions may be taken; its heuristic ranks them. Only those
 * that give the same bits every time are taken.
 *
 * <p>Winograd's transforms round more than a plain sum does, so they are an algorithm by
 * themselves, with a wider bound. Those of the FFT round in ways that no bound here covers and are
 * not taken.
 */
enum ForwardAlgorithms {
  /** Sums of products, in any order. */
  SUMS(
      "offers no algorithm of plain sums for these sizes in "
          + (Workspace.MOST >> 20)
          + " MiB of scratch memory"),
  /** Winograd, where the heuristic puts it before all others. */
  WINOGRAD("takes Winograd only where cuDNN's heuristic ranks it first, which it does not here");

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

  private final String refusal;

  ForwardAlgorithms(String refusal) {
    this.refusal = refusal;
  }

  private boolean admit(int algorithm) {
    return switch (algorithm) {
      case cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM,
          cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM,
          cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_GEMM,
          cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_DIRECT ->
          this == SUMS;
      case cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD,
          cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD_NONFUSED ->
          this == WINOGRAD;
      default -> false;
    };
  }

  /** Why there may be none. */
  String refusal() {
    return refusal;
  }

  /**
   * The one that the heuristic ranks highest among those that may be taken and fit into the memory.
   */
  Optional<Choice> choose(
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
      boolean works =
          ranked[i].status == 0
              && ranked[i].determinism == cudnnDeterminism.CUDNN_DETERMINISTIC
              && ranked[i].memory <= mostBytes;
      if (works && admit(ranked[i].algo)) {
        return Optional.of(new Choice(ranked[i].algo, ranked[i].memory));
      }
      if (works && this == WINOGRAD) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
