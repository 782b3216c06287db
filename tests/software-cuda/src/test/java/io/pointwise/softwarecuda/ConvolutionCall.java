// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.Cudnn.ONE;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnActivationDescriptor;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;

/** The operands that all calls of a convolution have. */
record ConvolutionCall(
    cudnnHandle handle,
    cudnnTensorDescriptor xShape,
    CUdeviceptr x,
    cudnnFilterDescriptor wShape,
    CUdeviceptr w,
    cudnnConvolutionDescriptor descriptor,
    cudnnTensorDescriptor yShape,
    CUdeviceptr y) {

  /** Memory for the call to work in, as large as it is said to be. */
  record Workspace(CUdeviceptr memory, long bytes) {
    static final Workspace NONE = new Workspace(new CUdeviceptr(), 0);

    static Workspace of(long bytes) {
      return new Workspace(Cudnn.workspace(bytes), bytes);
    }
  }

  /** What a fused call adds. */
  record Addition(
      Pointer factor,
      cudnnTensorDescriptor zShape,
      CUdeviceptr z,
      cudnnTensorDescriptor biasShape,
      CUdeviceptr bias) {}

  int forward(Pointer alpha, int algorithm, Workspace space, Pointer beta) {
    return JCudnn.cudnnConvolutionForward(
        handle,
        alpha,
        xShape,
        x,
        wShape,
        w,
        descriptor,
        algorithm,
        space.memory,
        space.bytes,
        beta,
        yShape,
        y);
  }

  int fused(int algorithm, Workspace space, Addition plus, cudnnActivationDescriptor activation) {
    return JCudnn.cudnnConvolutionBiasActivationForward(
        handle,
        ONE,
        xShape,
        x,
        wShape,
        w,
        descriptor,
        algorithm,
        space.memory,
        space.bytes,
        plus.factor,
        plus.zShape,
        plus.z,
        plus.biasShape,
        plus.bias,
        activation,
        yShape,
        y);
  }

  int workspaceSize(int algorithm, long[] bytes) {
    return JCudnn.cudnnGetConvolutionForwardWorkspaceSize(
        handle, xShape, wShape, descriptor, yShape, algorithm, bytes);
  }

  ConvolutionCall withX(CUdeviceptr other) {
    return new ConvolutionCall(handle, xShape, other, wShape, w, descriptor, yShape, y);
  }

  ConvolutionCall withY(cudnnTensorDescriptor shape, CUdeviceptr other) {
    return new ConvolutionCall(handle, xShape, x, wShape, w, descriptor, shape, other);
  }
}
