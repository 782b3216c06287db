// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static jcuda.jcudnn.JCudnn.cudnnCreate;
import static jcuda.jcudnn.JCudnn.cudnnCreateActivationDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreateConvolutionDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreateFilterDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreatePoolingDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreateTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnGetErrorString;
import static jcuda.jcudnn.JCudnn.cudnnSetActivationDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetConvolution2dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetConvolutionGroupCount;
import static jcuda.jcudnn.JCudnn.cudnnSetFilter4dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetPooling2dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetTensor4dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetTensor4dDescriptorEx;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcudnn.cudnnActivationDescriptor;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnPoolingDescriptor;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;

/** Descriptors in a line each, for tests. */
final class Cudnn {
  static final int NCHW = cudnnTensorFormat.CUDNN_TENSOR_NCHW;
  static final int NHWC = cudnnTensorFormat.CUDNN_TENSOR_NHWC;
  static final int FLOAT = cudnnDataType.CUDNN_DATA_FLOAT;
  static final Pointer ONE = factor(1);
  static final Pointer ZERO = factor(0);

  // cuDNN 9 numbers its statuses anew; JCudnn's constants are those of cuDNN 8.
  static final int BAD_PARAM = 2000;
  static final int NOT_SUPPORTED = 3000;
  static final int EXECUTION_FAILED = 5000;

  private Cudnn() {}

  static void ok(int status) {
    assertEquals("CUDNN_STATUS_SUCCESS", cudnnGetErrorString(status));
  }

  static Pointer factor(float value) {
    return Pointer.to(new float[] {value});
  }

  static cudnnHandle handle() {
    cudnnHandle handle = new cudnnHandle();
    ok(cudnnCreate(handle));
    return handle;
  }

  static cudnnTensorDescriptor tensor(int n, int c, int h, int w) {
    return tensor(NCHW, n, c, h, w);
  }

  static cudnnTensorDescriptor tensor(int format, int n, int c, int h, int w) {
    cudnnTensorDescriptor tensor = new cudnnTensorDescriptor();
    ok(cudnnCreateTensorDescriptor(tensor));
    ok(cudnnSetTensor4dDescriptor(tensor, format, FLOAT, n, c, h, w));
    return tensor;
  }

  static cudnnTensorDescriptor strided(
      int n, int c, int h, int w, int strideN, int strideC, int strideH, int strideW) {
    cudnnTensorDescriptor tensor = new cudnnTensorDescriptor();
    ok(cudnnCreateTensorDescriptor(tensor));
    ok(cudnnSetTensor4dDescriptorEx(tensor, FLOAT, n, c, h, w, strideN, strideC, strideH, strideW));
    return tensor;
  }

  static cudnnFilterDescriptor filter(int k, int c, int h, int w) {
    cudnnFilterDescriptor filter = new cudnnFilterDescriptor();
    ok(cudnnCreateFilterDescriptor(filter));
    ok(cudnnSetFilter4dDescriptor(filter, FLOAT, NCHW, k, c, h, w));
    return filter;
  }

  /** Padding, stride and dilation of height and width, and groups. */
  static cudnnConvolutionDescriptor convolution(
      int padH, int padW, int strideH, int strideW, int dilationH, int dilationW, int groups) {
    cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();
    ok(cudnnCreateConvolutionDescriptor(convolution));
    int mode = cudnnConvolutionMode.CUDNN_CROSS_CORRELATION;
    ok(
        cudnnSetConvolution2dDescriptor(
            convolution, padH, padW, strideH, strideW, dilationH, dilationW, mode, FLOAT));
    ok(cudnnSetConvolutionGroupCount(convolution, groups));
    return convolution;
  }

  static cudnnConvolutionDescriptor plainConvolution() {
    return convolution(0, 0, 1, 1, 1, 1, 1);
  }

  static cudnnPoolingDescriptor pooling(int mode, int window, int padding, int stride) {
    cudnnPoolingDescriptor pooling = new cudnnPoolingDescriptor();
    ok(cudnnCreatePoolingDescriptor(pooling));
    ok(
        cudnnSetPooling2dDescriptor(
            pooling, mode, 0, window, window, padding, padding, stride, stride));
    return pooling;
  }

  static cudnnActivationDescriptor activation(int mode, double coefficient) {
    cudnnActivationDescriptor activation = new cudnnActivationDescriptor();
    ok(cudnnCreateActivationDescriptor(activation));
    ok(cudnnSetActivationDescriptor(activation, mode, 0, coefficient));
    return activation;
  }

  /** Memory for a workspace, and its size; a byte at least, for there is no allocation of none. */
  static CUdeviceptr workspace(long bytes) {
    return allocate(Math.max(1, (bytes + Float.BYTES - 1) / Float.BYTES));
  }
}
