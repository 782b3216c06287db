// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.Cudnn.BAD_PARAM;
import static io.pointwise.softwarecuda.Cudnn.EXECUTION_FAILED;
import static io.pointwise.softwarecuda.Cudnn.NHWC;
import static io.pointwise.softwarecuda.Cudnn.NOT_SUPPORTED;
import static io.pointwise.softwarecuda.Cudnn.ONE;
import static io.pointwise.softwarecuda.Cudnn.ZERO;
import static io.pointwise.softwarecuda.Cudnn.activation;
import static io.pointwise.softwarecuda.Cudnn.convolution;
import static io.pointwise.softwarecuda.Cudnn.factor;
import static io.pointwise.softwarecuda.Cudnn.filter;
import static io.pointwise.softwarecuda.Cudnn.handle;
import static io.pointwise.softwarecuda.Cudnn.ok;
import static io.pointwise.softwarecuda.Cudnn.plainConvolution;
import static io.pointwise.softwarecuda.Cudnn.strided;
import static io.pointwise.softwarecuda.Cudnn.tensor;
import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.download;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.jcudnn.JCudnn.cudnnConvolutionBackwardData;
import static jcuda.jcudnn.JCudnn.cudnnFindConvolutionForwardAlgorithmEx;
import static jcuda.jcudnn.JCudnn.cudnnGetConvolution2dForwardOutputDim;
import static jcuda.jcudnn.JCudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7;
import static jcuda.jcudnn.JCudnn.cudnnGetConvolutionBackwardDataWorkspaceSize;
import static jcuda.jcudnn.JCudnn.cudnnGetConvolutionForwardAlgorithm_v7;
import static jcuda.jcudnn.JCudnn.cudnnSetConvolution2dDescriptor;
import static jcuda.jcudnn.cudnnActivationMode.CUDNN_ACTIVATION_IDENTITY;
import static jcuda.jcudnn.cudnnActivationMode.CUDNN_ACTIVATION_RELU;
import static jcuda.jcudnn.cudnnActivationMode.CUDNN_ACTIVATION_TANH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.softwarecuda.ConvolutionCall.Addition;
import io.pointwise.softwarecuda.ConvolutionCall.Workspace;
import io.pointwise.softwarecuda.ConvolutionSizes.Pair;
import java.util.Random;
import jcuda.driver.CUdeviceptr;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions by hand, and beside the plain sum. */
final class CudnnConvolutionTest {
  private static final int IMPLICIT_GEMM = 0;
  private static final int PRECOMP_GEMM = 1;

  private static float[] integers(int seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(-3, 4);
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 5, 7, 4, 1, 1, 0x0, 1x1, 1x1, 1",
    "2, 4, 6, 5, 6, 3, 3, 1x1, 1x1, 1x1, 1",
    "2, 6, 11, 13, 9, 3, 5, 1x2, 2x1, 2x1, 3",
    "1, 8, 9, 9, 8, 3, 3, 1x1, 2x2, 1x1, 8",
    "3, 2, 4, 4, 5, 4, 4, 0x0, 1x1, 1x1, 1",
    "1, 40, 7, 3, 17, 2, 3, 3x0, 1x2, 3x1, 1"
  })
  void forwardAndBackIsThePlainSum(
      int n,
      int ic,
      int ih,
      int iw,
      int oc,
      int kh,
      int kw,
      String pad,
      String stride,
      String dilation,
      int groups) {
    ConvolutionSizes sizes =
        new ConvolutionSizes(
            n, ic, ih, iw, oc, kh, kw, Pair.of(pad), Pair.of(stride), Pair.of(dilation), groups);
    float[] x = integers(1, sizes.inputs());
    float[] w = integers(2, sizes.weights());
    float[] y = integers(3, sizes.outputs());
    float[] forward = y.clone();
    float[] backward = new float[sizes.inputs()];
    sizes.forEachProduct(
        (xAt, wAt, yAt) -> {
          forward[yAt] += 2 * x[xAt] * w[wAt];
          backward[xAt] += y[yAt] * w[wAt];
        });
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUdeviceptr deviceW = upload(w);
      CUdeviceptr deviceY = upload(y);
      ConvolutionCall call =
          new ConvolutionCall(
              handle(),
              sizes.x(),
              upload(x),
              sizes.w(),
              deviceW,
              sizes.descriptor(),
              sizes.y(),
              deviceY);
      ok(call.forward(factor(2), IMPLICIT_GEMM, Workspace.NONE, ONE));
      assertArrayEquals(forward, download(deviceY, sizes.outputs()));
      assertArrayEquals(backward, backward(sizes, deviceW, upload(y)));
    }
  }

  private static float[] backward(ConvolutionSizes sizes, CUdeviceptr w, CUdeviceptr y) {
    cudnnHandle handle = handle();
    int algorithm = 1;
    long[] bytes = new long[1];
    ok(
        cudnnGetConvolutionBackwardDataWorkspaceSize(
            handle, sizes.w(), sizes.y(), sizes.descriptor(), sizes.x(), algorithm, bytes));
    Workspace space = Workspace.of(bytes[0]);
    CUdeviceptr x = allocate(sizes.inputs());
    ok(
        cudnnConvolutionBackwardData(
            handle,
            ONE,
            sizes.w(),
            w,
            sizes.y(),
            y,
            sizes.descriptor(),
            algorithm,
            space.memory(),
            space.bytes(),
            ZERO,
            sizes.x(),
            x));
    return download(x, sizes.inputs());
  }

  @Test
  void theOutputsSizeIsThatOfTheFormula() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cudnnConvolutionDescriptor strided = convolution(1, 2, 2, 1, 2, 1, 3);
      assertEquals("0: 2 9 5 13", outputOf(strided, tensor(2, 6, 11, 13), filter(9, 2, 3, 5)));
      assertEquals("" + BAD_PARAM, outputOf(strided, tensor(2, 5, 11, 13), filter(9, 2, 3, 5)));
      assertEquals(
          "" + BAD_PARAM, outputOf(plainConvolution(), tensor(1, 1, 2, 2), filter(1, 1, 3, 3)));
      int mode = cudnnConvolutionMode.CUDNN_CROSS_CORRELATION;
      assertEquals(
          BAD_PARAM,
          cudnnSetConvolution2dDescriptor(strided, -1, 0, 1, 1, 1, 1, mode, Cudnn.FLOAT));
      assertEquals(
          BAD_PARAM, cudnnSetConvolution2dDescriptor(strided, 0, 0, 0, 1, 1, 1, mode, Cudnn.FLOAT));
    }
  }

  private static String outputOf(
      cudnnConvolutionDescriptor descriptor, cudnnTensorDescriptor x, cudnnFilterDescriptor w) {
    int[] n = new int[1];
    int[] c = new int[1];
    int[] h = new int[1];
    int[] width = new int[1];
    int status = cudnnGetConvolution2dForwardOutputDim(descriptor, x, w, n, c, h, width);
    // Nothing is written by a call that fails.
    return status != 0
        ? "" + status
        : status + ": " + n[0] + " " + c[0] + " " + h[0] + " " + width[0];
  }

  @Test
  void mathematiciansTurnTheFilterAround() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cudnnConvolutionDescriptor turned = plainConvolution();
      int mode = cudnnConvolutionMode.CUDNN_CONVOLUTION;
      ok(cudnnSetConvolution2dDescriptor(turned, 0, 0, 1, 1, 1, 1, mode, Cudnn.FLOAT));
      CUdeviceptr x = upload(1, 10, 100);
      CUdeviceptr w = upload(1, 2, 3);
      CUdeviceptr y = allocate(1);
      ConvolutionCall call =
          new ConvolutionCall(
              handle(),
              tensor(1, 1, 1, 3),
              x,
              filter(1, 1, 1, 3),
              w,
              turned,
              tensor(1, 1, 1, 1),
              y);
      ok(call.forward(ONE, IMPLICIT_GEMM, Workspace.NONE, ZERO));
      assertArrayEquals(new float[] {123}, download(y, 1));
    }
  }

  @Test
  void tensorsMayLieOtherwise() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      // Two channels of two pixels, channels fastest, to a result with a gap between pixels.
      cudnnTensorDescriptor from = tensor(NHWC, 1, 2, 1, 2);
      cudnnTensorDescriptor to = strided(1, 1, 1, 2, 3, 3, 3, 2);
      CUdeviceptr x = upload(1, 2, 3, 4);
      CUdeviceptr w = upload(10, 1);
      CUdeviceptr y = upload(-1, -1, -1);
      ConvolutionCall call =
          new ConvolutionCall(handle(), from, x, filter(1, 2, 1, 1), w, plainConvolution(), to, y);
      ok(call.forward(ONE, IMPLICIT_GEMM, Workspace.NONE, ZERO));
      assertArrayEquals(new float[] {12, -1, 34}, download(y, 3));
    }
  }

  @Test
  void biasAdditionAndActivationInOneCall() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      cudnnTensorDescriptor shape = tensor(1, 2, 1, 2);
      CUdeviceptr x = upload(1, 2);
      CUdeviceptr w = upload(1, -1);
      CUdeviceptr y = upload(0, 0, 0, 3);
      CUdeviceptr bias = upload(10, 1);
      ConvolutionCall call =
          new ConvolutionCall(
              handle(), tensor(1, 1, 1, 2), x, filter(2, 1, 1, 1), w, plainConvolution(), shape, y);
      Workspace space = Workspace.of(256);
      cuda.software.resetCounters();
      Addition inPlace = new Addition(ONE, shape, y, tensor(1, 2, 1, 1), bias);
      ok(call.fused(PRECOMP_GEMM, space, inPlace, activation(CUDNN_ACTIVATION_RELU, 0)));
      assertArrayEquals(new float[] {11, 12, 0, 2}, download(y, 4));
      assertTrue(Float.isNaN(download(space.memory(), 1)[0]), "the workspace is overwritten");
      Addition unread = new Addition(ZERO, shape, allocate(4), tensor(1, 2, 1, 1), bias);
      ok(call.fused(PRECOMP_GEMM, space, unread, activation(CUDNN_ACTIVATION_IDENTITY, 0)));
      assertArrayEquals(new float[] {11, 12, 0, -1}, download(y, 4));
      assertEquals(
          NOT_SUPPORTED,
          call.fused(IMPLICIT_GEMM, space, unread, activation(CUDNN_ACTIVATION_IDENTITY, 0)),
          "the identity with another algorithm");
      assertEquals(
          NOT_SUPPORTED,
          call.fused(PRECOMP_GEMM, space, unread, activation(CUDNN_ACTIVATION_TANH, 0)));
      Addition ofOneChannel = new Addition(ZERO, shape, y, tensor(1, 1, 1, 1), bias);
      assertEquals(
          BAD_PARAM,
          call.fused(PRECOMP_GEMM, space, ofOneChannel, activation(CUDNN_ACTIVATION_RELU, 0)));
      assertEquals(2, cuda.software.counter("cudnn_calls"));
      assertEquals(2, cuda.software.counter("launches"));
    }
  }

  @Test
  void workspacesAndOperandsAreChecked() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      cudnnTensorDescriptor image = tensor(1, 1, 2, 2);
      CUdeviceptr x = upload(1, 2, 3, 4);
      CUdeviceptr w = upload(1);
      CUdeviceptr y = allocate(4);
      ConvolutionCall call =
          new ConvolutionCall(
              handle(), image, x, filter(1, 1, 1, 1), w, plainConvolution(), image, y);
      long[] bytes = new long[1];
      ok(call.workspaceSize(PRECOMP_GEMM, bytes));
      assertTrue(bytes[0] > 0);
      Workspace small = Workspace.of(bytes[0] - 1);
      assertEquals(BAD_PARAM, call.forward(ONE, PRECOMP_GEMM, small, ZERO));
      Workspace boast = new Workspace(w, bytes[0]);
      assertEquals(EXECUTION_FAILED, call.forward(ONE, PRECOMP_GEMM, boast, ZERO));
      ConvolutionCall shifted = call.withX(x.withByteOffset(4));
      assertEquals(EXECUTION_FAILED, shifted.forward(ONE, IMPLICIT_GEMM, Workspace.NONE, ZERO));
      assertTrue(cuda.software.lastReport().contains("x, 16 bytes"));
      ConvolutionCall inPlace = call.withY(image, x);
      assertEquals(BAD_PARAM, inPlace.forward(ONE, IMPLICIT_GEMM, Workspace.NONE, ZERO));
      ConvolutionCall wider = call.withY(tensor(1, 1, 2, 3), allocate(6));
      assertEquals(BAD_PARAM, wider.forward(ONE, IMPLICIT_GEMM, Workspace.NONE, ZERO));
      assertEquals(0, cuda.software.counter("launches"));
    }
  }

  @Test
  void algorithmsAreThoseThatTheConvolutionAllows() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cudnnTensorDescriptor image = tensor(1, 1, 8, 8);
      cudnnConvolutionDescriptor padded = convolution(1, 1, 1, 1, 1, 1, 1);
      assertEquals("1 0 2 4 5 6 7", supported(image, filter(1, 1, 3, 3), padded, image));
      cudnnConvolutionDescriptor spread = convolution(0, 0, 2, 2, 2, 2, 1);
      assertEquals("1 0", supported(image, filter(1, 1, 3, 3), spread, tensor(1, 1, 2, 2)));
      CUdeviceptr data = allocate(64);
      ConvolutionCall pointwise =
          new ConvolutionCall(
              handle(), image, data, filter(1, 1, 1, 1), data, plainConvolution(), image, data);
      int winograd = 6;
      assertEquals(NOT_SUPPORTED, pointwise.workspaceSize(winograd, new long[1]));
      int[] count = new int[1];
      cudnnConvolutionBwdDataAlgoPerf[] back = new cudnnConvolutionBwdDataAlgoPerf[1];
      ok(
          cudnnGetConvolutionBackwardDataAlgorithm_v7(
              handle(), filter(1, 1, 1, 1), image, plainConvolution(), image, 1, count, back));
      assertEquals(1, count[0]);
      assertEquals(1, back[0].determinism);
    }
  }

  private static String supported(
      cudnnTensorDescriptor x,
      cudnnFilterDescriptor w,
      cudnnConvolutionDescriptor descriptor,
      cudnnTensorDescriptor y) {
    int[] count = new int[1];
    cudnnConvolutionFwdAlgoPerf[] found = new cudnnConvolutionFwdAlgoPerf[8];
    ok(cudnnGetConvolutionForwardAlgorithm_v7(handle(), x, w, descriptor, y, 8, count, found));
    assertEquals(8, count[0]);
    return supported(found);
  }

  private static String supported(cudnnConvolutionFwdAlgoPerf[] found) {
    StringBuilder names = new StringBuilder();
    for (cudnnConvolutionFwdAlgoPerf entry : found) {
      if (entry.status == 0) {
        names.append(names.isEmpty() ? "" : " ").append(entry.algo);
      }
    }
    return names.toString();
  }

  @Test
  void aSearchOverwritesTheOutputAndKeepsToItsWorkspace() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cudnnTensorDescriptor image = tensor(1, 1, 2, 2);
      CUdeviceptr x = upload(1, 2, 3, 4);
      CUdeviceptr w = upload(1);
      CUdeviceptr y = upload(1, 2, 3, 4);
      Workspace space = Workspace.of(4);
      int[] count = new int[1];
      cudnnConvolutionFwdAlgoPerf[] found = new cudnnConvolutionFwdAlgoPerf[8];
      ok(
          cudnnFindConvolutionForwardAlgorithmEx(
              handle(),
              image,
              x,
              filter(1, 1, 1, 1),
              w,
              plainConvolution(),
              image,
              y,
              8,
              count,
              found,
              space.memory(),
              space.bytes()));
      assertEquals("0", supported(found));
      assertTrue(found[0].time > 0);
      assertTrue(Float.isNaN(download(y, 1)[0]));
    }
  }
}
