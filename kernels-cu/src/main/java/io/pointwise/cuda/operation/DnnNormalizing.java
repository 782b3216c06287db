// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.Descriptors;
import io.pointwise.cuda.host.Status;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Moving;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.Softmax;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnLRNDescriptor;
import jcuda.jcudnn.cudnnLRNMode;
import jcuda.jcudnn.cudnnSoftmaxAlgorithm;
import jcuda.jcudnn.cudnnSoftmaxMode;
import jcuda.jcudnn.cudnnTensorDescriptor;

/** Softmax and local response normalisation through cuDNN, where it means what we mean. */
final class DnnNormalizing {
  private DnnNormalizing() {}

  private static Support indexable(Step step) {
    long elements = step.output().elements();
    if (elements == 0) {
      return Support.no("takes tensors with elements only, got " + step.output());
    }
    return elements <= Descriptors.MOST_ELEMENTS
        ? Support.nchw(step, 0)
        : Support.no("takes tensors of up to 2³¹ − 1 elements, got " + elements);
  }

  /** Along the channels of {@code [outer, axis, inner, 1]}, the maximum taken off before. */
  static final class Softmaxes implements Recipe {
    private final Tools tools;

    Softmaxes(Tools tools) {
      this.tools = tools;
    }

    @Override
    public Support accept(Step step) {
      return indexable(step);
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      Softmax softmax = (Softmax) step.operation();
      Shape shape = step.output();
      int axis = Moving.axis(softmax.axis(), shape);
      cudnnTensorDescriptor tensor =
          new Descriptors(tools.context().ledger(), builder.owned()::add)
              .tensor(
                  (int) shape.elements(0, axis),
                  shape.dim(axis),
                  (int) shape.elements(axis + 1, shape.rank()),
                  1);
      int algorithm =
          softmax.log()
              ? cudnnSoftmaxAlgorithm.CUDNN_SOFTMAX_LOG
              : cudnnSoftmaxAlgorithm.CUDNN_SOFTMAX_ACCURATE;
      builder.add(
          (stream, buffers) ->
              Status.cudnn(
                  JCudnn.cudnnSoftmaxForward(
                      stream.dnn(),
                      algorithm,
                      cudnnSoftmaxMode.CUDNN_SOFTMAX_MODE_CHANNEL,
                      Factors.ONE,
                      tensor,
                      Operand.input(0).in(buffers),
                      Factors.ZERO,
                      tensor,
                      Operand.output().in(buffers)),
                  "cudnnSoftmaxForward",
                  step::describe));
    }
  }

  /**
   * cuDNN divides the factor of the sum by the window's size too, and of an even window has one
   * more channel behind than before. It takes not all numbers.
   */
  static final class ResponseNorms implements Recipe {
    private static final int LARGEST_WINDOW = 16;
    private static final double LEAST_K = 1e-5;
    private static final double LEAST_BETA = 0.01;

    private final Tools tools;

    ResponseNorms(Tools tools) {
      this.tools = tools;
    }

    @Override
    public Support accept(Step step) {
      LocalResponseNorm norm = (LocalResponseNorm) step.operation();
      if (norm.size() > LARGEST_WINDOW || norm.k() < LEAST_K || norm.beta() < LEAST_BETA) {
        return Support.no(
            "takes windows of up to "
                + LARGEST_WINDOW
                + ", k from "
                + LEAST_K
                + " and beta from "
                + LEAST_BETA
                + " on, got "
                + norm);
      }
      return indexable(step);
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      LocalResponseNorm norm = (LocalResponseNorm) step.operation();
      Descriptors make = new Descriptors(tools.context().ledger(), builder.owned()::add);
      cudnnLRNDescriptor descriptor =
          make.responseNorm(norm.size(), norm.alpha(), norm.beta(), norm.k());
      cudnnTensorDescriptor tensor = make.tensor(step.output());
      builder.add(
          (stream, buffers) ->
              Status.cudnn(
                  JCudnn.cudnnLRNCrossChannelForward(
                      stream.dnn(),
                      descriptor,
                      cudnnLRNMode.CUDNN_LRN_CROSS_CHANNEL_DIM1,
                      Factors.ONE,
                      tensor,
                      Operand.input(0).in(buffers),
                      Factors.ZERO,
                      tensor,
                      Operand.output().in(buffers)),
                  "cudnnLRNCrossChannelForward",
                  step::describe));
    }
  }
}
