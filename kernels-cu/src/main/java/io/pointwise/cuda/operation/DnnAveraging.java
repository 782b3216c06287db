// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.Descriptors;
import io.pointwise.cuda.host.Status;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.PoolSpec;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnPoolingDescriptor;
import jcuda.jcudnn.cudnnPoolingMode;
import jcuda.jcudnn.cudnnTensorDescriptor;

/**
 * Average pooling through cuDNN, where its windows are ours: no dilation, the same padding on both
 * sides of an axis, and no partial windows behind the padding.
 *
 * <p>Maximum pooling is not here: of a window of −∞ cuDNN gives the least finite number.
 */
final class DnnAveraging implements Recipe {
  private final Tools tools;

  DnnAveraging(Tools tools) {
    this.tools = tools;
  }

  private static PoolSpec spec(Step step) {
    return ((AvgPool2d) step.operation()).spec(step.input());
  }

  private static int mode(Step step) {
    return ((AvgPool2d) step.operation()).countIncludePad()
        ? cudnnPoolingMode.CUDNN_POOLING_AVERAGE_COUNT_INCLUDE_PADDING
        : cudnnPoolingMode.CUDNN_POOLING_AVERAGE_COUNT_EXCLUDE_PADDING;
  }

  @Override
  public Support accept(Step step) {
    PoolSpec spec = spec(step);
    Window window = spec.window();
    if (window.dilationH() != 1 || window.dilationW() != 1) {
      return Support.no("takes no dilation, got " + window);
    }
    if (window.padTop() != window.padBottom() || window.padLeft() != window.padRight()) {
      return Support.no("takes the same padding on both sides only, got " + window);
    }
    if (!isWhole(spec.oh(), window.strideH(), window.kh(), spec.ih() + 2L * window.padTop())
        || !isWhole(spec.ow(), window.strideW(), window.kw(), spec.iw() + 2L * window.padLeft())) {
      return Support.no("takes whole windows only, got partial ones of ceil mode");
    }
    long most = Math.max(step.input().elements(), step.output().elements());
    return most <= Descriptors.MOST_ELEMENTS
        ? Support.nchw(step, 0)
        : Support.no("takes tensors of up to 2³¹ − 1 elements, got " + most);
  }

  private static boolean isWhole(int out, int stride, int kernel, long padded) {
    return (out - 1L) * stride + kernel <= padded;
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    Descriptors make = new Descriptors(tools.context().ledger(), builder.owned()::add);
    cudnnPoolingDescriptor pooling = make.pooling(mode(step), spec(step).window());
    cudnnTensorDescriptor input = make.tensor(step.input());
    cudnnTensorDescriptor output = make.tensor(step.output());
    builder.add(
        (stream, buffers) ->
            Status.cudnn(
                JCudnn.cudnnPoolingForward(
                    stream.dnn(),
                    pooling,
                    Factors.ONE,
                    input,
                    Operand.input(0).in(buffers),
                    Factors.ZERO,
                    output,
                    Operand.output().in(buffers)),
                "cudnnPoolingForward",
                step::describe));
  }
}
