// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaStream;
import io.pointwise.cuda.host.Status;
import io.pointwise.device.Precision;
import io.pointwise.device.StepBuffers;
import java.util.function.Supplier;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasOperation;

/**
 * Products of matrices by cuBLAS: {@code Y[m, n] = A[m, k] · B[k, n]}, {@code count} of them.
 *
 * <p>All matrices here are row-major and cuBLAS's are column-major, in which the same memory holds
 * the transposed matrix. So cuBLAS is asked for {@code Yᵀ = Bᵀ · Aᵀ}: the operands change places
 * and nothing is copied.
 *
 * @param a left matrices
 * @param b right matrices
 * @param y where the products go, without gaps
 * @param m rows of a product
 * @param n columns of a product
 * @param k terms of an element's sum
 * @param count number of products
 * @param precision FP32 or TF32
 */
record Gemm(Matrix a, Matrix b, Operand y, int m, int n, int k, int count, Precision precision)
    implements Action {
  /**
   * Matrices in memory.
   *
   * @param operand where the first begins
   * @param transposed whether memory holds the transposed matrix
   * @param row elements from one row in memory to the next
   * @param stride elements from one matrix to the next; 0 where all are the same
   */
  record Matrix(Operand operand, boolean transposed, int row, long stride) {
    private int operation() {
      return transposed ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
    }
  }

  @Override
  public void enqueue(CudaStream stream, StepBuffers buffers) {
    Supplier<String> asked =
        () -> count + " products of [" + m + ", " + k + "] and [" + k + ", " + n + "]";
    if (count == 1) {
      Status.cublas(
          JCublas2.cublasSgemm(
              stream.blas(precision),
              b.operation(),
              a.operation(),
              n,
              m,
              k,
              Factors.ONE,
              b.operand().in(buffers),
              b.row(),
              a.operand().in(buffers),
              a.row(),
              Factors.ZERO,
              y.in(buffers),
              n),
          "cublasSgemm",
          asked);
    } else {
      Status.cublas(
          JCublas2.cublasSgemmStridedBatched(
              stream.blas(precision),
              b.operation(),
              a.operation(),
              n,
              m,
              k,
              Factors.ONE,
              b.operand().in(buffers),
              b.row(),
              b.stride(),
              a.operand().in(buffers),
              a.row(),
              a.stride(),
              Factors.ZERO,
              y.in(buffers),
              n,
              (long) m * n,
              count),
          "cublasSgemmStridedBatched",
          asked);
    }
  }
}
