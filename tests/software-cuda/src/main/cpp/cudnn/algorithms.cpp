// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Which algorithms there are for a convolution, what they need, and the searches for the best. All compute the same way
// here; the differences are those that the documentation makes: what is refused, workspace, determinism.

#include <algorithm>
#include <cstring>

#include "convolution.hpp"

namespace software_cuda {
namespace {

constexpr int kLargestFftImage = 256;
constexpr int kLargestFftTile = 32;

std::size_t roundUp(std::size_t bytes) { return (bytes + 255) / 256 * 256; }

std::size_t patchBytes(const ConvolutionShape &shape) {
  return roundUp(shape.depth() * shape.outputPixels() * sizeof(float));
}

std::size_t transformedBytes(const ConvolutionShape &shape) {
  // Transformed weights, of 4 × 4 numbers a 3 × 3 filter.
  return roundUp(static_cast<std::size_t>(shape.w.k()) * static_cast<std::size_t>(shape.w.c()) * 16 * sizeof(float));
}

bool allowsFft(const ConvolutionShape &shape) {
  const auto &padding = shape.convolution.padding;
  return shape.hasUnitStride() && shape.hasUnitDilation() && shape.convolution.groups == 1 &&
         shape.x.h() + 2 * padding[0] <= kLargestFftImage && shape.x.w() + 2 * padding[1] <= kLargestFftImage &&
         padding[0] < shape.w.h() && padding[1] < shape.w.w();
}

bool allowsFftTiling(const ConvolutionShape &shape) {
  const auto &padding = shape.convolution.padding;
  return shape.hasUnitStride() && shape.hasUnitDilation() && shape.convolution.groups == 1 && !shape.isPointwise() &&
         shape.w.h() <= kLargestFftTile && shape.w.w() <= kLargestFftTile && padding[0] < shape.w.h() &&
         padding[1] < shape.w.w();
}

bool allowsWinograd(const ConvolutionShape &shape) {
  return shape.hasUnitStride() && shape.hasUnitDilation() && shape.w.h() == 3 && shape.w.w() == 3;
}

bool allowsWinogradNonFused(const ConvolutionShape &shape) {
  const bool square = shape.w.h() == shape.w.w() && (shape.w.h() == 3 || shape.w.h() == 5);
  return shape.hasUnitStride() && shape.hasUnitDilation() && square;
}

std::size_t fftBytes(const ConvolutionShape &shape) {
  return roundUp(2 * sizeof(float) * (shape.x.elements() + shape.y.elements() + shape.w.elements()));
}

}  // namespace

AlgorithmSupport forwardSupport(const ConvolutionShape &shape, int algorithm) {
  const bool packed = shape.x.strides[3] == 1;
  switch (algorithm) {
    case 0:  // IMPLICIT_GEMM
      return {true, 0, true};
    case kImplicitPrecompGemm:
      return {true, roundUp(shape.depth() * sizeof(int)), true};
    case 2:  // GEMM
      return {packed && shape.hasUnitDilation(), patchBytes(shape), true};
    case 3:  // DIRECT: documented as not implemented
      return {false, 0, true};
    case 4:  // FFT
      return {packed && allowsFft(shape), fftBytes(shape), true};
    case 5:  // FFT_TILING
      return {packed && allowsFftTiling(shape), fftBytes(shape), true};
    case 6:  // WINOGRAD
      return {packed && allowsWinograd(shape), transformedBytes(shape), true};
    case 7:  // WINOGRAD_NONFUSED
      return {packed && allowsWinogradNonFused(shape), transformedBytes(shape) + patchBytes(shape), true};
    default:
      throw DnnFailure(DnnStatus::BadParam, "no such algorithm");
  }
}

AlgorithmSupport backwardDataSupport(const ConvolutionShape &shape, int algorithm) {
  switch (algorithm) {
    case 0:  // ALGO_0: sums atomically
      return {true, 0, false};
    case 1:  // ALGO_1
      return {true, roundUp(shape.depth() * sizeof(int)), true};
    case 2:  // FFT
      return {allowsFft(shape), fftBytes(shape), true};
    case 3:  // FFT_TILING
      return {allowsFftTiling(shape), fftBytes(shape), true};
    case 4:  // WINOGRAD
      return {allowsWinograd(shape), transformedBytes(shape), true};
    case 5:  // WINOGRAD_NONFUSED
      return {allowsWinogradNonFused(shape), transformedBytes(shape) + patchBytes(shape), true};
    default:
      throw DnnFailure(DnnStatus::BadParam, "no such algorithm");
  }
}

void requireAlgorithm(const AlgorithmSupport &support, const void *workspace, std::size_t bytes) {
  demand(support.supported, "the algorithm is not for such a convolution", DnnStatus::NotSupported);
  demand(bytes >= support.workspace && (support.workspace == 0 || workspace != nullptr), "too small a workspace");
}

void addWorkspace(std::vector<Operand> &operands, void *workspace, std::size_t bytes) {
  if (bytes > 0 && workspace != nullptr) operands.push_back({"the workspace", workspace, bytes});
}

void spoil(void *workspace, std::size_t bytes) {
  if (workspace != nullptr) std::memset(workspace, 0xFF, bytes);
}

}  // namespace software_cuda

using namespace software_cuda;

namespace {

using Support = AlgorithmSupport (*)(const ConvolutionShape &, int);

/** Supported ones first, in an order that is no measurement, then the others with their status. */
void search(const ConvolutionShape &shape, Support support, int count, std::size_t workspaceLimit, int wanted,
            int *given, AlgorithmPerformance *results) {
  demand(wanted > 0 && given != nullptr && results != nullptr, "no place for results");
  std::vector<AlgorithmPerformance> all;
  for (int algorithm = 0; algorithm < count; algorithm++) {
    const AlgorithmSupport known = support(shape, algorithm);
    DnnStatus status = known.supported ? DnnStatus::Success : DnnStatus::NotSupported;
    if (known.supported && known.workspace > workspaceLimit) status = DnnStatus::AllocFailed;
    const bool ok = status == DnnStatus::Success;
    all.push_back({algorithm, static_cast<int>(status), -1.0f, ok ? known.workspace : 0, known.deterministic ? 1 : 0,
                   shape.convolution.mathType, {0, 0, 0}});
  }
  const auto rank = [](const AlgorithmPerformance &entry) {
    // Of those that can, first the one that most networks use.
    return entry.status != 0 ? 2 : entry.algorithm == kImplicitPrecompGemm ? 0 : 1;
  };
  std::stable_sort(all.begin(), all.end(), [&](const AlgorithmPerformance &left, const AlgorithmPerformance &right) {
    return rank(left) < rank(right);
  });
  *given = std::min(wanted, count);
  std::copy_n(all.begin(), *given, results);
}

/** The times of a search that claims to have measured: made up, and so told apart from a real one by being whole. */
void inventTimes(int count, AlgorithmPerformance *results) {
  for (int index = 0; index < count; index++) {
    if (results[index].status == 0) results[index].milliseconds = static_cast<float>(index + 1);
  }
}

constexpr std::size_t kNoLimit = static_cast<std::size_t>(-1);

}  // namespace

CUDNN_API int cudnnGetConvolutionForwardAlgorithmMaxCount(void *handle, int *count) {
  return dnnCall(__func__, [&] {
    Live<DnnHandle>::get(handle);
    put(count, kForwardAlgorithms);
  });
}

CUDNN_API int cudnnGetConvolutionForwardAlgorithm_v7(void *handle, void *x, void *w, void *convolution, void *y,
                                                     int wanted, int *given, AlgorithmPerformance *results) {
  return dnnCall(__func__, [&] {
    Live<DnnHandle>::get(handle);
    search(shapeOf(x, w, convolution, y), forwardSupport, kForwardAlgorithms, kNoLimit, wanted, given, results);
  });
}

CUDNN_API int cudnnFindConvolutionForwardAlgorithm(void *handle, void *x, void *w, void *convolution, void *y,
                                                   int wanted, int *given, AlgorithmPerformance *results) {
  const int status = cudnnGetConvolutionForwardAlgorithm_v7(handle, x, w, convolution, y, wanted, given, results);
  if (status == 0) inventTimes(*given, results);
  return status;
}

CUDNN_API int cudnnFindConvolutionForwardAlgorithmEx(void *handle, void *x, const void *xData, void *w,
                                                     const void *wData, void *convolution, void *y, void *yData,
                                                     int wanted, int *given, AlgorithmPerformance *results,
                                                     void *workspace, std::size_t bytes) {
  return dnnCall(__func__, [&] {
    const ConvolutionShape shape = shapeOf(x, w, convolution, y);
    std::vector<Operand> operands = {
        {"x", xData, shape.x.bytes()}, {"w", wData, shape.w.bytes()}, {"y", yData, shape.y.bytes()}};
    addWorkspace(operands, workspace, bytes);
    // "The contents of the output are overwritten."
    submit("cudnnFindConvolutionForwardAlgorithmEx", handle, operands, [=] {
      spoil(workspace, bytes);
      spoil(yData, shape.y.bytes());
    });
    demand(driver()->synchronize(Live<DnnHandle>::get(handle).stream), "the stream failed", DnnStatus::ExecutionFailed);
    search(shape, forwardSupport, kForwardAlgorithms, bytes, wanted, given, results);
    inventTimes(*given, results);
  });
}

CUDNN_API int cudnnGetConvolutionForwardWorkspaceSize(void *handle, void *x, void *w, void *convolution, void *y,
                                                      int algorithm, std::size_t *bytes) {
  return dnnCall(__func__, [&] {
    Live<DnnHandle>::get(handle);
    const AlgorithmSupport support = forwardSupport(shapeOf(x, w, convolution, y), algorithm);
    demand(support.supported, "the algorithm is not for such a convolution", DnnStatus::NotSupported);
    put(bytes, support.workspace);
  });
}

CUDNN_API int cudnnGetConvolutionBackwardDataAlgorithmMaxCount(void *handle, int *count) {
  return dnnCall(__func__, [&] {
    Live<DnnHandle>::get(handle);
    put(count, kBackwardDataAlgorithms);
  });
}

CUDNN_API int cudnnGetConvolutionBackwardDataAlgorithm_v7(void *handle, void *w, void *dy, void *convolution, void *dx,
                                                          int wanted, int *given, AlgorithmPerformance *results) {
  return dnnCall(__func__, [&] {
    Live<DnnHandle>::get(handle);
    search(shapeOf(dx, w, convolution, dy), backwardDataSupport, kBackwardDataAlgorithms, kNoLimit, wanted, given,
           results);
  });
}

CUDNN_API int cudnnFindConvolutionBackwardDataAlgorithm(void *handle, void *w, void *dy, void *convolution, void *dx,
                                                        int wanted, int *given, AlgorithmPerformance *results) {
  const int status =
      cudnnGetConvolutionBackwardDataAlgorithm_v7(handle, w, dy, convolution, dx, wanted, given, results);
  if (status == 0) inventTimes(*given, results);
  return status;
}

CUDNN_API int cudnnGetConvolutionBackwardDataWorkspaceSize(void *handle, void *w, void *dy, void *convolution, void *dx,
                                                           int algorithm, std::size_t *bytes) {
  return dnnCall(__func__, [&] {
    Live<DnnHandle>::get(handle);
    const AlgorithmSupport support = backwardDataSupport(shapeOf(dx, w, convolution, dy), algorithm);
    demand(support.supported, "the algorithm is not for such a convolution", DnnStatus::NotSupported);
    put(bytes, support.workspace);
  });
}
