// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.Cudnn.BAD_PARAM;
import static io.pointwise.softwarecuda.Cudnn.FLOAT;
import static io.pointwise.softwarecuda.Cudnn.NCHW;
import static io.pointwise.softwarecuda.Cudnn.NHWC;
import static io.pointwise.softwarecuda.Cudnn.NOT_SUPPORTED;
import static io.pointwise.softwarecuda.Cudnn.ONE;
import static io.pointwise.softwarecuda.Cudnn.ZERO;
import static io.pointwise.softwarecuda.Cudnn.activation;
import static io.pointwise.softwarecuda.Cudnn.factor;
import static io.pointwise.softwarecuda.Cudnn.handle;
import static io.pointwise.softwarecuda.Cudnn.ok;
import static io.pointwise.softwarecuda.Cudnn.pooling;
import static io.pointwise.softwarecuda.Cudnn.tensor;
import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.download;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.jcudnn.JCudnn.cudnnActivationForward;
import static jcuda.jcudnn.JCudnn.cudnnAddTensor;
import static jcuda.jcudnn.JCudnn.cudnnBatchNormalizationForwardInference;
import static jcuda.jcudnn.JCudnn.cudnnCreateLRNDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreateOpTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreateReduceTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreateTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnDestroyTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnGetPooling2dForwardOutputDim;
import static jcuda.jcudnn.JCudnn.cudnnGetReductionWorkspaceSize;
import static jcuda.jcudnn.JCudnn.cudnnGetTensor4dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnGetVersion;
import static jcuda.jcudnn.JCudnn.cudnnLRNCrossChannelForward;
import static jcuda.jcudnn.JCudnn.cudnnOpTensor;
import static jcuda.jcudnn.JCudnn.cudnnPoolingForward;
import static jcuda.jcudnn.JCudnn.cudnnReduceTensor;
import static jcuda.jcudnn.JCudnn.cudnnScaleTensor;
import static jcuda.jcudnn.JCudnn.cudnnSetLRNDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetOpTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetReduceTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetTensor;
import static jcuda.jcudnn.JCudnn.cudnnSetTensor4dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSoftmaxForward;
import static jcuda.jcudnn.JCudnn.cudnnTransformTensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jcuda.driver.CUdeviceptr;
import jcuda.jcudnn.cudnnActivationMode;
import jcuda.jcudnn.cudnnBatchNormMode;
import jcuda.jcudnn.cudnnLRNDescriptor;
import jcuda.jcudnn.cudnnLRNMode;
import jcuda.jcudnn.cudnnOpTensorDescriptor;
import jcuda.jcudnn.cudnnOpTensorOp;
import jcuda.jcudnn.cudnnPoolingDescriptor;
import jcuda.jcudnn.cudnnPoolingMode;
import jcuda.jcudnn.cudnnReduceTensorDescriptor;
import jcuda.jcudnn.cudnnReduceTensorOp;
import jcuda.jcudnn.cudnnSoftmaxAlgorithm;
import jcuda.jcudnn.cudnnSoftmaxMode;
import jcuda.jcudnn.cudnnTensorDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cuDNN computes besides convolutions, by hand. */
final class CudnnOperationsTest {
  /** Of a result in double precision that was rounded to float32 a few times on the way. */
  private static final float ROUNDINGS = 4 * Math.ulp(1f);

  private static void assertClose(double[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], ROUNDINGS * Math.abs(expected[i]) + 1e-30, "at " + i);
    }
  }

  @Test
  void descriptorsKeepWhatIsRight() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      assertEquals(90501, cudnnGetVersion());
      cudnnTensorDescriptor descriptor = tensor(NHWC, 2, 3, 4, 5);
      int[] type = new int[1];
      int[][] d = new int[8][1];
      ok(
          cudnnGetTensor4dDescriptor(
              descriptor, type, d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7]));
      StringBuilder all = new StringBuilder();
      for (int[] value : d) {
        all.append(value[0]).append(' ');
      }
      assertEquals("2 3 4 5 60 1 15 3 ", all.toString());
      assertEquals(BAD_PARAM, cudnnSetTensor4dDescriptor(descriptor, NCHW, FLOAT, 1, 0, 1, 1));
      assertEquals(
          NOT_SUPPORTED,
          cudnnSetTensor4dDescriptor(descriptor, NCHW, FLOAT, 1 << 15, 1 << 15, 2, 1));
      ok(cudnnDestroyTensorDescriptor(descriptor));
      assertEquals(BAD_PARAM, cudnnSetTensor4dDescriptor(descriptor, NCHW, FLOAT, 1, 1, 1, 1));
      cudnnTensorDescriptor unset = new cudnnTensorDescriptor();
      ok(cudnnCreateTensorDescriptor(unset));
      CUdeviceptr x = upload(1);
      assertEquals(BAD_PARAM, cudnnAddTensor(handle(), ONE, unset, x, ONE, tensor(1, 1, 1, 1), x));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 5 6 8 9", "1, 1.3333 1.7778 2.6667 3.1111", "2, 3 4 6 7", "3, 5 6 8 9"})
  void poolingKnowsItsPadding(int mode, String expected) {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      // 3 × 3 windows on 3 × 3 numbers with a border of 1, every second place.
      cudnnPoolingDescriptor pooling = pooling(mode, 3, 1, 2);
      cudnnTensorDescriptor image = tensor(1, 1, 3, 3);
      CUdeviceptr y = allocate(4);
      CUdeviceptr x = upload(1, 2, 3, 4, 5, 6, 7, 8, 9);
      ok(cudnnPoolingForward(handle(), pooling, ONE, image, x, ZERO, tensor(1, 1, 2, 2), y));
      String[] values = expected.split(" ", -1);
      float[] results = download(y, 4);
      for (int i = 0; i < 4; i++) {
        assertEquals(Float.parseFloat(values[i]), results[i], 5e-5f, "rounded above");
      }
    }
  }

  @Test
  void poolingsHaveTheirSize() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cudnnPoolingDescriptor pooling = pooling(cudnnPoolingMode.CUDNN_POOLING_MAX, 3, 0, 2);
      int[][] d = new int[4][1];
      ok(cudnnGetPooling2dForwardOutputDim(pooling, tensor(2, 5, 8, 3), d[0], d[1], d[2], d[3]));
      assertEquals("2 5 3 1", d[0][0] + " " + d[1][0] + " " + d[2][0] + " " + d[3][0]);
      cudnnTensorDescriptor tooSmall = tensor(1, 1, 2, 2);
      assertEquals(
          BAD_PARAM, cudnnGetPooling2dForwardOutputDim(pooling, tooSmall, d[0], d[1], d[2], d[3]));
      CUdeviceptr x = allocate(64);
      assertEquals(
          BAD_PARAM,
          cudnnPoolingForward(
              handle(), pooling, ONE, tensor(1, 1, 4, 4), x, ZERO, tooSmall, allocate(4)));
    }
  }

  @Test
  void activations() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      double e = Math.E;
      assertActivation(
          cudnnActivationMode.CUDNN_ACTIVATION_SIGMOID, 0, 1 / (1 + e), 0.5, e * e / (1 + e * e));
      assertActivation(cudnnActivationMode.CUDNN_ACTIVATION_RELU, 0, 0, 0, 2);
      assertActivation(
          cudnnActivationMode.CUDNN_ACTIVATION_TANH, 0, Math.tanh(-1), 0, Math.tanh(2));
      assertActivation(cudnnActivationMode.CUDNN_ACTIVATION_CLIPPED_RELU, 1.5, 0, 0, 1.5);
      assertActivation(cudnnActivationMode.CUDNN_ACTIVATION_ELU, 3, 3 * (1 / e - 1), 0, 2);
      assertActivation(
          cudnnActivationMode.CUDNN_ACTIVATION_SWISH, 0, -1 / (1 + e), 0, 2 * e * e / (1 + e * e));
      cudnnTensorDescriptor shape = tensor(1, 1, 1, 3);
      CUdeviceptr x = upload(1, 2, 3);
      assertEquals(
          BAD_PARAM,
          cudnnActivationForward(
              handle(),
              activation(cudnnActivationMode.CUDNN_ACTIVATION_IDENTITY, 0),
              ONE,
              shape,
              x,
              ZERO,
              shape,
              x));
    }
  }

  /** Of -1, 0 and 2, in place. */
  private static void assertActivation(int mode, double coefficient, double... expected) {
    cudnnTensorDescriptor shape = tensor(1, 1, 1, 3);
    CUdeviceptr x = upload(-1, 0, 2);
    ok(
        cudnnActivationForward(
            handle(), activation(mode, coefficient), ONE, shape, x, ZERO, shape, x));
    assertClose(expected, download(x, 3));
  }

  @Test
  void factorsBlendWithWhatWasThere() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cudnnTensorDescriptor shape = tensor(1, 2, 1, 2);
      CUdeviceptr y = upload(1, 2, 3, 4);
      ok(
          cudnnAddTensor(
              handle(), factor(2), tensor(1, 2, 1, 1), upload(10, 20), factor(-1), shape, y));
      assertArrayEquals(new float[] {19, 18, 37, 36}, download(y, 4));
      ok(cudnnScaleTensor(handle(), shape, y, factor(0.5f)));
      assertArrayEquals(new float[] {9.5f, 9, 18.5f, 18}, download(y, 4));
      ok(cudnnSetTensor(handle(), shape, y, factor(3)));
      assertArrayEquals(new float[] {3, 3, 3, 3}, download(y, 4));
      assertEquals(
          BAD_PARAM,
          cudnnAddTensor(handle(), ONE, tensor(1, 3, 1, 1), upload(1, 2, 3), ONE, shape, y));
    }
  }

  @Test
  void transformingChangesTheLayout() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUdeviceptr y = allocate(6);
      ok(
          cudnnTransformTensor(
              handle(),
              ONE,
              tensor(NCHW, 1, 2, 1, 3),
              upload(1, 2, 3, 4, 5, 6),
              ZERO,
              tensor(NHWC, 1, 2, 1, 3),
              y));
      assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, download(y, 6));
    }
  }

  @Test
  void twoTensorsAreCombined() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      assertArrayEquals(new float[] {11, 22, 43}, combined(cudnnOpTensorOp.CUDNN_OP_TENSOR_ADD));
      assertArrayEquals(new float[] {30, 120, 480}, combined(cudnnOpTensorOp.CUDNN_OP_TENSOR_MUL));
      assertArrayEquals(new float[] {1, 2, 3}, combined(cudnnOpTensorOp.CUDNN_OP_TENSOR_MIN));
      assertArrayEquals(new float[] {10, 20, 40}, combined(cudnnOpTensorOp.CUDNN_OP_TENSOR_MAX));
    }
  }

  /** Of (1, 2, 3) and 10 times (1, 2, 4), or 30 times the product. */
  private static float[] combined(int operation) {
    cudnnOpTensorDescriptor descriptor = new cudnnOpTensorDescriptor();
    ok(cudnnCreateOpTensorDescriptor(descriptor));
    ok(cudnnSetOpTensorDescriptor(descriptor, operation, FLOAT, 0));
    boolean product = operation == cudnnOpTensorOp.CUDNN_OP_TENSOR_MUL;
    cudnnTensorDescriptor shape = tensor(1, 1, 1, 3);
    CUdeviceptr c = allocate(3);
    ok(
        cudnnOpTensor(
            handle(),
            descriptor,
            factor(product ? 3 : 1),
            shape,
            product ? upload(1, 2, 4) : upload(1, 2, 3),
            factor(10),
            shape,
            upload(1, 2, 4),
            ZERO,
            shape,
            c));
    return download(c, 3);
  }

  @Test
  void reductions() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      assertClose(new double[] {-2, 7}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_ADD));
      assertClose(new double[] {6, 0}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_MUL));
      assertClose(new double[] {-3, 0}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_MIN));
      assertClose(new double[] {2, 4}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_MAX));
      assertClose(new double[] {3, 4}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_AMAX));
      assertClose(
          new double[] {-2 / 3.0, 7 / 3.0}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_AVG));
      assertClose(new double[] {6, 7}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_NORM1));
      assertClose(
          new double[] {Math.sqrt(14), 5}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_NORM2));
      assertClose(
          new double[] {6, 12}, reduced(cudnnReduceTensorOp.CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS));
    }
  }

  /** Over the columns of (-1, 2, -3) and (0, 3, 4). */
  private static float[] reduced(int operation) {
    cudnnReduceTensorDescriptor descriptor = new cudnnReduceTensorDescriptor();
    ok(cudnnCreateReduceTensorDescriptor(descriptor));
    ok(cudnnSetReduceTensorDescriptor(descriptor, operation, FLOAT, 0, 0, 0));
    cudnnTensorDescriptor from = tensor(1, 1, 2, 3);
    cudnnTensorDescriptor to = tensor(1, 1, 2, 1);
    CUdeviceptr a = upload(-1, 2, -3, 0, 3, 4);
    long[] bytes = new long[1];
    ok(cudnnGetReductionWorkspaceSize(handle(), descriptor, from, to, bytes));
    CUdeviceptr c = allocate(2);
    CUdeviceptr none = new CUdeviceptr();
    CUdeviceptr space = Cudnn.workspace(bytes[0]);
    ok(
        cudnnReduceTensor(
            handle(), descriptor, none, 0, space, bytes[0], ONE, from, a, ZERO, to, c));
    return download(c, 2);
  }

  @Test
  void softmax() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      double e = Math.E;
      int accurate = cudnnSoftmaxAlgorithm.CUDNN_SOFTMAX_ACCURATE;
      int fast = cudnnSoftmaxAlgorithm.CUDNN_SOFTMAX_FAST;
      int log = cudnnSoftmaxAlgorithm.CUDNN_SOFTMAX_LOG;
      int channel = cudnnSoftmaxMode.CUDNN_SOFTMAX_MODE_CHANNEL;
      int instance = cudnnSoftmaxMode.CUDNN_SOFTMAX_MODE_INSTANCE;
      double one = 1 / (1 + e);
      // Two channels of two pixels: (0, 200) and (1, 201).
      float[] x = {0, 200, 1, 201};
      assertClose(new double[] {one, one, e * one, e * one}, softmaxOf(accurate, channel, x));
      float[] overflown = softmaxOf(fast, channel, x);
      assertEquals(one, overflown[0], ROUNDINGS);
      assertTrue(Float.isNaN(overflown[1]));
      double all = 1 + e + e * e + e * e * e;
      assertClose(
          new double[] {1 / all, e / all, e * e / all, e * e * e / all},
          softmaxOf(fast, instance, 0, 1, 2, 3));
      assertClose(
          new double[] {Math.log(one), Math.log(one), Math.log(e * one), Math.log(e * one)},
          softmaxOf(log, channel, x));
    }
  }

  private static float[] softmaxOf(int algorithm, int mode, float... values) {
    cudnnTensorDescriptor shape = tensor(1, 2, 1, 2);
    CUdeviceptr y = allocate(4);
    ok(cudnnSoftmaxForward(handle(), algorithm, mode, ONE, shape, upload(values), ZERO, shape, y));
    return download(y, 4);
  }

  @Test
  void anEvenWindowOfResponsesReachesFurtherAhead() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cudnnLRNDescriptor lrn = new cudnnLRNDescriptor();
      ok(cudnnCreateLRNDescriptor(lrn));
      assertEquals(BAD_PARAM, cudnnSetLRNDescriptor(lrn, 17, 1, 1, 1));
      assertEquals(BAD_PARAM, cudnnSetLRNDescriptor(lrn, 2, 1, 1, 0));
      ok(cudnnSetLRNDescriptor(lrn, 2, 4, 0.5, 1));
      cudnnTensorDescriptor shape = tensor(1, 3, 1, 1);
      CUdeviceptr y = allocate(3);
      int mode = cudnnLRNMode.CUDNN_LRN_CROSS_CHANNEL_DIM1;
      ok(
          cudnnLRNCrossChannelForward(
              handle(), lrn, mode, ONE, shape, upload(1, 2, 3), ZERO, shape, y));
      // x / sqrt(1 + 4 / 2 (x² + next²))
      assertClose(
          new double[] {1 / Math.sqrt(11), 2 / Math.sqrt(27), 3 / Math.sqrt(19)}, download(y, 3));
    }
  }

  @Test
  void batchNormalisation() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cudnnTensorDescriptor shape = tensor(1, 2, 1, 2);
      cudnnTensorDescriptor parameters = tensor(1, 2, 1, 1);
      CUdeviceptr x = upload(1, 2, 3, 4);
      CUdeviceptr y = allocate(4);
      int mode = cudnnBatchNormMode.CUDNN_BATCHNORM_SPATIAL;
      ok(
          cudnnBatchNormalizationForwardInference(
              handle(),
              mode,
              ONE,
              ZERO,
              shape,
              x,
              shape,
              y,
              parameters,
              upload(2, 10),
              upload(1, 0),
              upload(1, 4),
              upload(3, 8),
              1));
      // 1 + 2 (x - 1) / sqrt(3 + 1) and 10 (x - 4) / sqrt(8 + 1)
      assertClose(new double[] {1, 2, -10 / 3.0, 0}, download(y, 4));
      assertEquals(
          BAD_PARAM,
          cudnnBatchNormalizationForwardInference(
              handle(), mode, ONE, ZERO, shape, x, shape, y, shape, x, x, x, x, 1));
    }
  }
}
