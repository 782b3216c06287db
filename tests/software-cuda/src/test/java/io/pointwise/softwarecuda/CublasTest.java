// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.download;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.jcublas.JCublas2.cublasCreate;
import static jcuda.jcublas.JCublas2.cublasDestroy;
import static jcuda.jcublas.JCublas2.cublasDgemm;
import static jcuda.jcublas.JCublas2.cublasGemmEx;
import static jcuda.jcublas.JCublas2.cublasGemmStridedBatchedEx;
import static jcuda.jcublas.JCublas2.cublasSetPointerMode;
import static jcuda.jcublas.JCublas2.cublasSetWorkspace;
import static jcuda.jcublas.JCublas2.cublasSgeam;
import static jcuda.jcublas.JCublas2.cublasSgemm;
import static jcuda.jcublas.JCublas2.cublasSgemmStridedBatched;
import static jcuda.jcublas.JCublas2.cublasSgemv;
import static jcuda.jcublas.cublasOperation.CUBLAS_OP_N;
import static jcuda.jcublas.cublasOperation.CUBLAS_OP_T;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import jcuda.Pointer;
import jcuda.cudaDataType;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasPointerMode;
import jcuda.jcublas.cublasStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrices are column-major: a column's elements lie one behind another. */
final class CublasTest {
  private static final Pointer ONE = host(1);
  private static final Pointer ZERO = host(0);

  private static Pointer host(float value) {
    return Pointer.to(new float[] {value});
  }

  private static cublasHandle handle() {
    cublasHandle handle = new cublasHandle();
    ok(cublasCreate(handle));
    return handle;
  }

  private static void ok(int status) {
    assertEquals("CUBLAS_STATUS_SUCCESS", cublasStatus.stringFor(status));
  }

  @Test
  void aProductByHand() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      long before = cuda.software.counter("handles");
      cublasHandle handle = handle();
      assertEquals(before + 1, cuda.software.counter("handles"));
      // [1 3 5; 2 4 6] [1; 10; 100] = [531; 642]
      CUdeviceptr a = upload(1, 2, 3, 4, 5, 6);
      CUdeviceptr b = upload(1, 10, 100);
      CUdeviceptr c = allocate(2);
      ok(cublasSgemm(handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 1, 3, ONE, a, 2, b, 3, ZERO, c, 2));
      assertArrayEquals(new float[] {531, 642}, download(c, 2), "NaN times 0 was not read");
      // The same numbers as a row-major 3 × 2 matrix, doubled, plus three times what was there.
      CUdeviceptr d = upload(1, 1, 1);
      ok(
          cublasSgemm(
              handle, CUBLAS_OP_T, CUBLAS_OP_T, 3, 1, 2, host(2), a, 2, b, 1, host(3), d, 3));
      assertArrayEquals(new float[] {45, 89, 133}, download(d, 3));
      ok(cublasDestroy(handle));
      assertEquals(before, cuda.software.counter("handles"));
      assertEquals(
          cublasStatus.CUBLAS_STATUS_NOT_INITIALIZED,
          cublasSgemm(handle, 0, 0, 2, 1, 3, ONE, a, 2, b, 3, ZERO, c, 2));
      assertEquals(2, cuda.software.counter("cublas_calls"));
      assertEquals(2, cuda.software.counter("launches"));
    }
  }

  /** The plain sum, beside blocks, tiles and their tails, with padded leading dimensions. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, 1, 1", "0, 0, 16, 6, 256", "1, 0, 17, 7, 257", "0, 1, 129, 13, 300",
    "1, 1, 33, 5, 2", "0, 0, 5, 11, 3", "1, 0, 130, 1, 20", "0, 1, 1, 40, 513"
  })
  void productsOfEveryShape(int transposeA, int transposeB, int m, int n, int k) {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      Random random = new Random(m * 31L + n);
      int lda = (transposeA == 0 ? m : k) + 3;
      int ldb = (transposeB == 0 ? k : n) + 1;
      int ldc = m + 2;
      float[] a = integers(random, lda * (transposeA == 0 ? k : m));
      float[] b = integers(random, ldb * (transposeB == 0 ? n : k));
      float[] c = integers(random, ldc * n);
      float[] expected = c.clone();
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
          float sum = 0;
          for (int p = 0; p < k; p++) {
            sum +=
                a[transposeA == 0 ? i + p * lda : p + i * lda]
                    * b[transposeB == 0 ? p + j * ldb : j + p * ldb];
          }
          expected[i + j * ldc] = 2 * sum - c[i + j * ldc];
        }
      }
      CUdeviceptr device = upload(c);
      ok(
          cublasSgemm(
              handle(),
              transposeA,
              transposeB,
              m,
              n,
              k,
              host(2),
              upload(a),
              lda,
              upload(b),
              ldb,
              host(-1),
              device,
              ldc));
      // Small integers are exact in any order of summation.
      assertArrayEquals(expected, download(device, expected.length));
    }
  }

  private static float[] integers(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(-4, 5);
    }
    return values;
  }

  @Test
  void aBatchSharesWhatHasNoStride() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cublasHandle handle = handle();
      CUdeviceptr a = upload(1, 2, 3, 4, 5, 6);
      CUdeviceptr weights = upload(10, 1);
      CUdeviceptr c = allocate(3);
      ok(
          cublasSgemmStridedBatched(
              handle, 0, 0, 1, 1, 2, ONE, weights, 1, 0, a, 2, 2, ZERO, c, 1, 1, 3));
      assertArrayEquals(new float[] {12, 34, 56}, download(c, 3));
      int f32 = cudaDataType.CUDA_R_32F;
      CUdeviceptr d = allocate(3);
      ok(
          cublasGemmStridedBatchedEx(
              handle, 0, 0, 1, 1, 2, ONE, weights, f32, 1, 0, a, f32, 2, 2, ZERO, d, f32, 1, 1, 3,
              f32, -1));
      assertArrayEquals(new float[] {12, 34, 56}, download(d, 3));
      ok(
          cublasGemmEx(
              handle, 0, 0, 1, 3, 2, ONE, weights, f32, 1, a, f32, 2, ZERO, d, f32, 1, f32, -1));
      assertArrayEquals(new float[] {12, 34, 56}, download(d, 3));
      assertEquals(
          cublasStatus.CUBLAS_STATUS_NOT_SUPPORTED,
          cublasGemmEx(
              handle,
              0,
              0,
              1,
              3,
              2,
              ONE,
              weights,
              cudaDataType.CUDA_R_16F,
              1,
              a,
              f32,
              2,
              ZERO,
              d,
              f32,
              1,
              f32,
              -1));
      assertEquals(
          cublasStatus.CUBLAS_STATUS_INVALID_VALUE,
          cublasSgemmStridedBatched(
              handle, 0, 0, 1, 1, 2, ONE, weights, 1, 0, a, 2, 2, ZERO, c, 1, 0, 3),
          "one place for three results");
    }
  }

  @Test
  void badSizesAreInvalid() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      cublasHandle handle = handle();
      CUdeviceptr x = upload(new float[16]);
      int invalid = cublasStatus.CUBLAS_STATUS_INVALID_VALUE;
      assertEquals(invalid, cublasSgemm(handle, 0, 0, -1, 1, 1, ONE, x, 1, x, 1, ZERO, x, 1));
      assertEquals(invalid, cublasSgemm(handle, 0, 0, 3, 1, 1, ONE, x, 2, x, 1, ZERO, x, 3));
      assertEquals(invalid, cublasSgemm(handle, 1, 0, 3, 1, 2, ONE, x, 1, x, 2, ZERO, x, 3));
      assertEquals(invalid, cublasSgemm(handle, 0, 0, 3, 1, 2, ONE, x, 3, x, 1, ZERO, x, 3));
      assertEquals(invalid, cublasSgemm(handle, 0, 0, 3, 1, 2, ONE, x, 3, x, 2, ZERO, x, 2));
      assertEquals(invalid, cublasSgemm(handle, 7, 0, 1, 1, 1, ONE, x, 1, x, 1, ZERO, x, 1));
      ok(cublasSgemm(handle, 0, 0, 0, 1, 1, ONE, x, 1, x, 1, ZERO, x, 1));
      assertEquals(0, cuda.software.counter("launches"));
    }
  }

  @Test
  void operandsMustLieOnTheDevice() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      cublasHandle handle = handle();
      CUdeviceptr four = upload(1, 2, 3, 4);
      CUdeviceptr two = upload(1, 2);
      int failed = cublasStatus.CUBLAS_STATUS_EXECUTION_FAILED;
      assertEquals(failed, cublasSgemm(handle, 0, 0, 2, 2, 2, ONE, four, 2, two, 2, ZERO, four, 2));
      assertTrue(cuda.software.lastReport().contains("cublasSgemm: B, 16 bytes"));
      check(cuMemFree(two));
      assertEquals(failed, cublasSgemm(handle, 0, 0, 2, 1, 1, ONE, two, 2, four, 1, ZERO, four, 2));
      check(cuCtxSynchronize());
    }
  }

  @Test
  void scalarsMayLieOnTheDevice() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cublasHandle handle = handle();
      ok(cublasSetPointerMode(handle, cublasPointerMode.CUBLAS_POINTER_MODE_DEVICE));
      CUdeviceptr c = upload(1);
      CUdeviceptr x = upload(5);
      ok(cublasSgemm(handle, 0, 0, 1, 1, 1, upload(2), x, 1, x, 1, upload(3), c, 1));
      assertArrayEquals(new float[] {53}, download(c, 1));
      assertEquals(
          cublasStatus.CUBLAS_STATUS_EXECUTION_FAILED,
          cublasSgemm(handle, 0, 0, 1, 1, 1, ONE, x, 1, x, 1, ZERO, c, 1));
    }
  }

  @Test
  void aWorkspaceIsOverwritten() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cublasHandle handle = handle();
      CUdeviceptr workspace = upload(1, 2, 3, 4);
      CUdeviceptr x = upload(2);
      assertEquals(
          cublasStatus.CUBLAS_STATUS_INVALID_VALUE, cublasSetWorkspace(handle, workspace, 17));
      ok(cublasSetWorkspace(handle, workspace, 16));
      ok(cublasSgemm(handle, 0, 0, 1, 1, 1, ONE, x, 1, x, 1, ZERO, allocate(1), 1));
      assertTrue(Float.isNaN(download(workspace, 4)[3]));
    }
  }

  @Test
  void matrixTimesVector() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cublasHandle handle = handle();
      CUdeviceptr a = upload(1, 2, 3, 4, 5, 6);
      CUdeviceptr y = allocate(4);
      ok(cublasSgemv(handle, CUBLAS_OP_N, 2, 3, ONE, a, 2, upload(1, 10, 100), 1, ZERO, y, 1));
      assertArrayEquals(new float[] {531, 642}, download(y, 2));
      // Backwards through x, and every second of y.
      CUdeviceptr z = upload(1, 7, 1, 7, 1);
      ok(cublasSgemv(handle, CUBLAS_OP_T, 2, 3, host(2), a, 2, upload(1, 10), -1, ONE, z, 2));
      assertArrayEquals(new float[] {25, 7, 69, 7, 113}, download(z, 5));
      assertEquals(
          cublasStatus.CUBLAS_STATUS_INVALID_VALUE,
          cublasSgemv(handle, CUBLAS_OP_N, 2, 3, ONE, a, 2, y, 0, ZERO, y, 1));
    }
  }

  @Test
  void sumsOfMatricesTranspose() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      cublasHandle handle = handle();
      CUdeviceptr a = upload(1, 2, 3, 4, 5, 6);
      CUdeviceptr b = upload(10, 20, 30, 40, 50, 60);
      CUdeviceptr c = allocate(6);
      ok(cublasSgeam(handle, CUBLAS_OP_T, CUBLAS_OP_N, 3, 2, host(2), a, 2, ONE, b, 3, c, 3));
      assertArrayEquals(new float[] {12, 26, 40, 44, 58, 72}, download(c, 6));
      ok(cublasSgeam(handle, CUBLAS_OP_T, CUBLAS_OP_N, 3, 2, ONE, a, 2, ZERO, c, 3, c, 3));
      assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6}, download(c, 6));
      assertEquals(
          cublasStatus.CUBLAS_STATUS_INVALID_VALUE,
          cublasSgeam(handle, CUBLAS_OP_T, CUBLAS_OP_N, 2, 2, ONE, a, 2, ZERO, b, 2, a, 2),
          "transposed in place");
    }
  }

  @Test
  void aFunctionThatIsMissingSaysSo() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUdeviceptr x = allocate(2);
      Pointer one = Pointer.to(new double[] {1});
      assertEquals(
          cublasStatus.CUBLAS_STATUS_NOT_SUPPORTED,
          cublasDgemm(handle(), 0, 0, 1, 1, 1, one, x, 1, x, 1, one, x, 1));
    }
  }

  @Test
  void aHandleNeedsAContext() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      CUcontext popped = new CUcontext();
      check(JCudaDriver.cuCtxPopCurrent(popped));
      assertEquals(cublasStatus.CUBLAS_STATUS_NOT_INITIALIZED, cublasCreate(new cublasHandle()));
      check(JCudaDriver.cuCtxPushCurrent(popped));
    }
  }
}
