// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Products and sums of matrices and vectors, column-major, float32.

#include "../common/gemm.hpp"
#include "handle.hpp"

using namespace software_cuda;

namespace {

constexpr int kReal32 = 0;
constexpr int kFastTf32 = 77;  // CUBLAS_COMPUTE_32F_FAST_TF32

int code(BlasStatus status) { return static_cast<int>(status); }

/** cublasOperation_t: none, transposed, and transposed and conjugated, which is the same for real numbers. */
bool isOperation(int operation) { return operation >= 0 && operation <= 2; }

/** cublasComputeType_t: those that compute float32 from float32. */
bool isFloat32(int computeType) {
  switch (computeType) {
    case 68:  // CUBLAS_COMPUTE_32F
    case 69:  // CUBLAS_COMPUTE_32F_PEDANTIC
    case kFastTf32:
      return true;
    default:
      return false;
  }
}

struct Matrix {
  const float *data;
  int leadingDimension;
  long long stride;
};

struct Product {
  const char *name;
  int operationA, operationB;
  int m, n, k;
  const float *alpha;
  Matrix a, b;
  const float *beta;
  Matrix c;
  int count;
  /** Whether the call itself asks for TF32; the handle may too. */
  bool tf32 = false;
};

MatrixView view(const Matrix &matrix, int operation, int index) {
  const float *data = matrix.data + index * matrix.stride;
  const auto leading = static_cast<std::size_t>(matrix.leadingDimension);
  return operation == 0 ? MatrixView{data, 1, leading} : MatrixView{data, leading, 1};
}

/** The operand that holds all matrices of a batch, whichever way its stride goes. */
Operand batch(const char *name, const Matrix &matrix, int rows, int columns, int count) {
  const std::size_t one = extent(static_cast<std::size_t>(rows), static_cast<std::size_t>(columns),
                                 static_cast<std::size_t>(matrix.leadingDimension));
  const long long span = matrix.stride * (count - 1);
  const float *first = span < 0 ? matrix.data + span : matrix.data;
  return {name, first, one == 0 ? 0 : one + static_cast<std::size_t>(span < 0 ? -span : span) * sizeof(float)};
}

/** A write to one matrix must not hit another; the same one for all is the mistake that is made. */
bool overlapsItself(const Matrix &c, int count) { return count > 1 && c.stride == 0; }

int multiply(void *handle, const Product &p) {
  const BlasHandle *found = liveHandle(handle);
  if (found == nullptr) return code(BlasStatus::NotInitialized);
  const bool plainA = p.operationA == 0;
  const bool plainB = p.operationB == 0;
  const Scalar alpha(*found, p.alpha);
  const Scalar beta(*found, p.beta);
  if (!isOperation(p.operationA) || !isOperation(p.operationB) || p.m < 0 || p.n < 0 || p.k < 0 || p.count < 0 ||
      p.a.leadingDimension < std::max(1, plainA ? p.m : p.k) ||
      p.b.leadingDimension < std::max(1, plainB ? p.k : p.n) || p.c.leadingDimension < std::max(1, p.m) ||
      !alpha.isGiven() || !beta.isGiven()) {
    return code(BlasStatus::InvalidValue);
  }
  if (p.m == 0 || p.n == 0 || p.count == 0) return code(BlasStatus::Success);
  if (overlapsItself(p.c, p.count)) {
    driver()->report(std::string(p.name) + ": all results of the batch go to one place");
    return code(BlasStatus::InvalidValue);
  }
  std::vector<Operand> operands = {batch("C", p.c, p.m, p.n, p.count)};
  if (!alpha.isZero() && p.k > 0) {
    operands.push_back(batch("A", p.a, plainA ? p.m : p.k, plainA ? p.k : p.m, p.count));
    operands.push_back(batch("B", p.b, plainB ? p.k : p.n, plainB ? p.n : p.k, p.count));
  }
  const bool tf32 = p.tf32 || found->allowsTf32();
  const auto work = [p, alpha, beta, tf32] {
    for (int index = 0; index < p.count; index++) {
      gemm(static_cast<std::size_t>(p.m), static_cast<std::size_t>(p.n), static_cast<std::size_t>(p.k), alpha.value(),
           view(p.a, p.operationA, index), view(p.b, p.operationB, index), beta.value(),
           const_cast<float *>(p.c.data) + index * p.c.stride, static_cast<std::size_t>(p.c.leadingDimension), tf32);
    }
  };
  return submit(*found, {p.name, std::move(operands), work}, {alpha, beta});
}

}  // namespace

CUBLAS_API int cublasSgemm_v2(void *handle, int operationA, int operationB, int m, int n, int k, const float *alpha,
                              const float *a, int lda, const float *b, int ldb, const float *beta, float *c, int ldc) {
  return multiply(handle, {"cublasSgemm", operationA, operationB, m, n, k, alpha, {a, lda, 0}, {b, ldb, 0}, beta,
                           {c, ldc, 0}, 1});
}

CUBLAS_API int cublasSgemmStridedBatched(void *handle, int operationA, int operationB, int m, int n, int k,
                                         const float *alpha, const float *a, int lda, long long strideA, const float *b,
                                         int ldb, long long strideB, const float *beta, float *c, int ldc,
                                         long long strideC, int count) {
  return multiply(handle, {"cublasSgemmStridedBatched", operationA, operationB, m, n, k, alpha, {a, lda, strideA},
                           {b, ldb, strideB}, beta, {c, ldc, strideC}, count});
}

CUBLAS_API int cublasGemmEx(void *handle, int operationA, int operationB, int m, int n, int k, const void *alpha,
                            const void *a, int typeA, int lda, const void *b, int typeB, int ldb, const void *beta,
                            void *c, int typeC, int ldc, int computeType, int) {
  if (typeA != kReal32 || typeB != kReal32 || typeC != kReal32 || !isFloat32(computeType)) {
    return code(BlasStatus::NotSupported);
  }
  return multiply(handle,
                  {"cublasGemmEx", operationA, operationB, m, n, k, static_cast<const float *>(alpha),
                   {static_cast<const float *>(a), lda, 0}, {static_cast<const float *>(b), ldb, 0},
                   static_cast<const float *>(beta), {static_cast<const float *>(c), ldc, 0}, 1, computeType == kFastTf32});
}

CUBLAS_API int cublasGemmStridedBatchedEx(void *handle, int operationA, int operationB, int m, int n, int k,
                                          const void *alpha, const void *a, int typeA, int lda, long long strideA,
                                          const void *b, int typeB, int ldb, long long strideB, const void *beta,
                                          void *c, int typeC, int ldc, long long strideC, int count, int computeType,
                                          int) {
  if (typeA != kReal32 || typeB != kReal32 || typeC != kReal32 || !isFloat32(computeType)) {
    return code(BlasStatus::NotSupported);
  }
  return multiply(handle, {"cublasGemmStridedBatchedEx", operationA, operationB, m, n, k,
                           static_cast<const float *>(alpha), {static_cast<const float *>(a), lda, strideA},
                           {static_cast<const float *>(b), ldb, strideB}, static_cast<const float *>(beta),
                           {static_cast<const float *>(c), ldc, strideC}, count, computeType == kFastTf32});
}

CUBLAS_API int cublasSgemv_v2(void *handle, int operation, int m, int n, const float *alphaPointer, const float *a,
                              int lda, const float *x, int incx, const float *betaPointer, float *y, int incy) {
  const BlasHandle *found = liveHandle(handle);
  if (found == nullptr) return code(BlasStatus::NotInitialized);
  const Scalar alpha(*found, alphaPointer);
  const Scalar beta(*found, betaPointer);
  if (!isOperation(operation) || m < 0 || n < 0 || lda < std::max(1, m) || incx == 0 || incy == 0 || !alpha.isGiven() ||
      !beta.isGiven()) {
    return code(BlasStatus::InvalidValue);
  }
  if (m == 0 || n == 0) return code(BlasStatus::Success);
  const int inner = operation == 0 ? n : m;
  const int outer = operation == 0 ? m : n;
  const auto span = [](int count, int step) {
    return (static_cast<std::size_t>(count - 1) * static_cast<std::size_t>(std::abs(step)) + 1) * sizeof(float);
  };
  // With a negative step a vector begins at its far end.
  const auto element = [](int count, int step, int index) -> std::ptrdiff_t {
    return static_cast<std::ptrdiff_t>(step > 0 ? index : index - (count - 1)) * step;
  };
  const auto work = [=] {
    for (int row = 0; row < outer; row++) {
      double sum = 0;
      for (int column = 0; column < inner; column++) {
        const std::size_t place = operation == 0
                                      ? static_cast<std::size_t>(row) + static_cast<std::size_t>(column) * lda
                                      : static_cast<std::size_t>(column) + static_cast<std::size_t>(row) * lda;
        sum += static_cast<double>(a[place]) * x[element(inner, incx, column)];
      }
      float &result = y[element(outer, incy, row)];
      result = static_cast<float>(alpha.value() * sum + (beta.value() == 0 ? 0.0 : beta.value() * double{result}));
    }
  };
  return submit(*found,
                {"cublasSgemv",
                 {batch("A", {a, lda, 0}, m, n, 1),
                  {"x", x, span(inner, incx)},
                  {"y", y, span(outer, incy)}},
                 work},
                {alpha, beta});
}

CUBLAS_API int cublasSgeam(void *handle, int operationA, int operationB, int m, int n, const float *alphaPointer,
                           const float *a, int lda, const float *betaPointer, const float *b, int ldb, float *c,
                           int ldc) {
  const BlasHandle *found = liveHandle(handle);
  if (found == nullptr) return code(BlasStatus::NotInitialized);
  const Scalar alpha(*found, alphaPointer);
  const Scalar beta(*found, betaPointer);
  const bool plainA = operationA == 0;
  const bool plainB = operationB == 0;
  if (!isOperation(operationA) || !isOperation(operationB) || m < 0 || n < 0 || !alpha.isGiven() || !beta.isGiven() ||
      lda < std::max(1, plainA ? m : n) || ldb < std::max(1, plainB ? m : n) || ldc < std::max(1, m) ||
      // In place only where the operand lies as the result does.
      (a == c && (!plainA || lda != ldc)) || (b == c && (!plainB || ldb != ldc))) {
    return code(BlasStatus::InvalidValue);
  }
  if (m == 0 || n == 0) return code(BlasStatus::Success);
  const Matrix left{a, lda, 0};
  const Matrix right{b, ldb, 0};
  std::vector<Operand> operands = {batch("C", {c, ldc, 0}, m, n, 1)};
  if (!alpha.isZero()) operands.push_back(batch("A", left, plainA ? m : n, plainA ? n : m, 1));
  if (!beta.isZero()) operands.push_back(batch("B", right, plainB ? m : n, plainB ? n : m, 1));
  const auto work = [=] {
    const MatrixView viewA = view(left, operationA, 0);
    const MatrixView viewB = view(right, operationB, 0);
    for (std::size_t column = 0; column < static_cast<std::size_t>(n); column++) {
      for (std::size_t row = 0; row < static_cast<std::size_t>(m); row++) {
        const float first = alpha.value() == 0 ? 0 : alpha.value() * *viewA.at(row, column);
        const float second = beta.value() == 0 ? 0 : beta.value() * *viewB.at(row, column);
        c[row + column * static_cast<std::size_t>(ldc)] = first + second;
      }
    }
  };
  return submit(*found, {"cublasSgeam", std::move(operands), work}, {alpha, beta});
}
