// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.Precision;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnActivationDescriptor;
import jcuda.jcudnn.cudnnActivationMode;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnLRNDescriptor;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnNanPropagation;
import jcuda.jcudnn.cudnnPoolingDescriptor;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;

/**
 * Makes cuDNN's descriptors of float32 tensors in NCHW and of what is done with them. A status that
 * is not checked here ends the process later, when the descriptor is used.
 */
public final class Descriptors {
  /** Elements that cuDNN can index. */
  public static final long MOST_ELEMENTS = Integer.MAX_VALUE;

  private static final int FLOAT = cudnnDataType.CUDNN_DATA_FLOAT;
  private static final int NCHW = cudnnTensorFormat.CUDNN_TENSOR_NCHW;

  private final Ledger ledger;
  private final Consumer<Handle<?>> owner;

  /**
   * @param owner takes each descriptor as soon as it is made, and closes it
   */
  public Descriptors(Ledger ledger, Consumer<Handle<?>> owner) {
    this.ledger = ledger;
    this.owner = owner;
  }

  private <T> T made(T descriptor, int status, String name, ToIntFunction<T> destroy) {
    Status.cudnn(status, "cudnnCreate" + name, () -> "a descriptor");
    owner.accept(
        new Handle<>(
            descriptor,
            Ledger.Kind.DESCRIPTOR,
            ledger,
            released ->
                Status.cudnn(
                    destroy.applyAsInt(released), "cudnnDestroy" + name, () -> "a descriptor")));
    return descriptor;
  }

  /** A tensor of four dimensions. */
  public cudnnTensorDescriptor tensor(int n, int c, int h, int w) {
    cudnnTensorDescriptor tensor = new cudnnTensorDescriptor();
    made(
        tensor,
        JCudnn.cudnnCreateTensorDescriptor(tensor),
        "TensorDescriptor",
        JCudnn::cudnnDestroyTensorDescriptor);
    Status.cudnn(
        JCudnn.cudnnSetTensor4dDescriptor(tensor, NCHW, FLOAT, n, c, h, w),
        "cudnnSetTensor4dDescriptor",
        () -> "a tensor of shape " + Shape.of(n, c, h, w));
    return tensor;
  }

  /** A tensor of four dimensions. */
  public cudnnTensorDescriptor tensor(Shape shape) {
    return tensor(shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3));
  }

  /** The weights of a convolution: {@code [k, c, h, w]}, {@code c} those of a group. */
  public cudnnFilterDescriptor filter(Shape shape) {
    cudnnFilterDescriptor filter = new cudnnFilterDescriptor();
    made(
        filter,
        JCudnn.cudnnCreateFilterDescriptor(filter),
        "FilterDescriptor",
        JCudnn::cudnnDestroyFilterDescriptor);
    Status.cudnn(
        JCudnn.cudnnSetFilter4dDescriptor(
            filter, FLOAT, NCHW, shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3)),
        "cudnnSetFilter4dDescriptor",
        () -> "weights of shape " + shape);
    return filter;
  }

  /**
   * A convolution with sums of float32 products.
   *
   * @param window whose padding above and on the left is that on all sides of the axis
   * @param precision FP32, for which TF32 is off, or TF32
   */
  public cudnnConvolutionDescriptor convolution(Window window, int groups, Precision precision) {
    cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();
    made(
        convolution,
        JCudnn.cudnnCreateConvolutionDescriptor(convolution),
        "ConvolutionDescriptor",
        JCudnn::cudnnDestroyConvolutionDescriptor);
    Status.cudnn(
        JCudnn.cudnnSetConvolution2dDescriptor(
            convolution,
            window.padTop(),
            window.padLeft(),
            window.strideH(),
            window.strideW(),
            window.dilationH(),
            window.dilationW(),
            cudnnConvolutionMode.CUDNN_CROSS_CORRELATION,
            FLOAT),
        "cudnnSetConvolution2dDescriptor",
        () -> "a window of " + window);
    Status.cudnn(
        JCudnn.cudnnSetConvolutionGroupCount(convolution, groups),
        "cudnnSetConvolutionGroupCount",
        () -> groups + " groups");
    Status.cudnn(
        JCudnn.cudnnSetConvolutionMathType(convolution, mathType(precision)),
        "cudnnSetConvolutionMathType",
        precision::toString);
    return convolution;
  }

  /**
   * FP32 is fused multiply-adds of float32 alone: the default would be free to use TF32. Tensor
   * cores without conversion take float32 as TF32; with conversion they would take it as FP16.
   */
  private static int mathType(Precision precision) {
    return switch (precision) {
      case FP32 -> cudnnMathType.CUDNN_FMA_MATH;
      case TF32 -> cudnnMathType.CUDNN_TENSOR_OP_MATH;
      case FP16, BF16 -> throw new DeviceException("cuDNN is not used in " + precision);
    };
  }

  /**
   * A pooling; NaN goes through.
   *
   * @param mode one of {@code cudnnPoolingMode}
   * @param window without dilation, whose padding above and on the left is that on all sides
   */
  public cudnnPoolingDescriptor pooling(int mode, Window window) {
    cudnnPoolingDescriptor pooling = new cudnnPoolingDescriptor();
    made(
        pooling,
        JCudnn.cudnnCreatePoolingDescriptor(pooling),
        "PoolingDescriptor",
        JCudnn::cudnnDestroyPoolingDescriptor);
    Status.cudnn(
        JCudnn.cudnnSetPooling2dDescriptor(
            pooling,
            mode,
            cudnnNanPropagation.CUDNN_PROPAGATE_NAN,
            window.kh(),
            window.kw(),
            window.padTop(),
            window.padLeft(),
            window.strideH(),
            window.strideW()),
        "cudnnSetPooling2dDescriptor",
        () -> "a window of " + window);
    return pooling;
  }

  /** ReLU through which NaN goes, or nothing. */
  public cudnnActivationDescriptor activation(boolean relu) {
    cudnnActivationDescriptor activation = new cudnnActivationDescriptor();
    made(
        activation,
        JCudnn.cudnnCreateActivationDescriptor(activation),
        "ActivationDescriptor",
        JCudnn::cudnnDestroyActivationDescriptor);
    int mode =
        relu
            ? cudnnActivationMode.CUDNN_ACTIVATION_RELU
            : cudnnActivationMode.CUDNN_ACTIVATION_IDENTITY;
    Status.cudnn(
        JCudnn.cudnnSetActivationDescriptor(
            activation, mode, cudnnNanPropagation.CUDNN_PROPAGATE_NAN, 0),
        "cudnnSetActivationDescriptor",
        () -> cudnnActivationMode.stringFor(mode));
    return activation;
  }

  /** Local response normalisation over {@code size} channels. */
  public cudnnLRNDescriptor responseNorm(int size, double alpha, double beta, double k) {
    cudnnLRNDescriptor norm = new cudnnLRNDescriptor();
    made(
        norm,
        JCudnn.cudnnCreateLRNDescriptor(norm),
        "LRNDescriptor",
        JCudnn::cudnnDestroyLRNDescriptor);
    Status.cudnn(
        JCudnn.cudnnSetLRNDescriptor(norm, size, alpha, beta, k),
        "cudnnSetLRNDescriptor",
        () -> "size " + size + ", alpha " + alpha + ", beta " + beta + ", k " + k);
    return norm;
  }
}
