// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionFwdAlgo;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnDeterminism;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;

/** Asks cuDNN which of its algorithms are for a convolution, and which of them it would take. */
final class ForwardAlgorithms {
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
   * Those that may be taken.
   *
   * @param deterministic whether only those that give the same bits every time
   */
  static DnnRanking<ForwardAlgorithm> rank(
      cudnnHandle handle,
      ConvolutionDescriptors of,
      boolean deterministic,
      Supplier<String> asked) {
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
    List<DnnRanking.Choice<ForwardAlgorithm>> choices = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      long workspace = ranked[i].memory;
      if (ranked[i].status == 0
          && (!deterministic || ranked[i].determinism == cudnnDeterminism.CUDNN_DETERMINISTIC)) {
        ForwardAlgorithm.of(ranked[i].algo)
            .ifPresent(each -> choices.add(new DnnRanking.Choice<>(each, workspace)));
      }
    }
    return new DnnRanking<>(choices);
  }
}
