// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Reductions of tensors.

#include <algorithm>
#include <cmath>
#include <limits>

#include "api.hpp"

using namespace software_cuda;

namespace {

/** A reduction over elements that come one at a time. */
class Reduction {
 public:
  using Operation = ReduceTensorDescriptor::Operation;

  explicit Reduction(const ReduceTensorDescriptor &descriptor) : descriptor_(descriptor) {
    switch (descriptor.operation) {
      case Operation::Mul:
      case Operation::MulNoZeros:
        result_ = 1;
        break;
      case Operation::Min:
        result_ = std::numeric_limits<double>::infinity();
        break;
      case Operation::Max:
        result_ = -std::numeric_limits<double>::infinity();
        break;
      default:
        break;
    }
  }

  void add(double value) {
    count_++;
    nan_ = nan_ || std::isnan(value);
    switch (descriptor_.operation) {
      case Operation::Add:
      case Operation::Average:
        result_ += value;
        break;
      case Operation::Mul:
        result_ *= value;
        break;
      case Operation::MulNoZeros:
        result_ *= value == 0 ? 1 : value;
        break;
      case Operation::Min:
        result_ = std::fmin(result_, value);
        break;
      case Operation::Max:
        result_ = std::fmax(result_, value);
        break;
      case Operation::AbsMax:
        result_ = std::fmax(result_, std::fabs(value));
        break;
      case Operation::Norm1:
        result_ += std::fabs(value);
        break;
      case Operation::Norm2:
        result_ += value * value;
        break;
      case Operation::Unset:
        break;
    }
  }

  float result() const {
    if (nan_ && descriptor_.propagatesNan) return NAN;
    if (descriptor_.operation == Operation::Average) return static_cast<float>(result_ / static_cast<double>(count_));
    if (descriptor_.operation == Operation::Norm2) return static_cast<float>(std::sqrt(result_));
    return static_cast<float>(result_);
  }

 private:
  const ReduceTensorDescriptor &descriptor_;
  double result_ = 0;
  std::size_t count_ = 0;
  bool nan_ = false;
};

constexpr std::size_t kReductionWorkspace = 256;

}  // namespace

CUDNN_API int cudnnCreateReduceTensorDescriptor(void **descriptor) {
  return createDescriptor<ReduceTensorDescriptor>(__func__, descriptor);
}

CUDNN_API int cudnnDestroyReduceTensorDescriptor(void *descriptor) {
  return destroyDescriptor<ReduceTensorDescriptor>(__func__, descriptor);
}

CUDNN_API int cudnnSetReduceTensorDescriptor(void *descriptor, int operation, int computeType, int nan, int indices,
                                             int indicesType) {
  return dnnCall(__func__, [&] {
    demand(operation >= 0 && operation <= 8 && (nan == 0 || nan == 1) && (indices == 0 || indices == 1),
           "no such reduction");
    ReduceTensorDescriptor &found = Live<ReduceTensorDescriptor>::get(descriptor);
    found.operation = static_cast<ReduceTensorDescriptor::Operation>(operation);
    found.computeType = static_cast<DataType>(computeType);
    found.propagatesNan = nan == 1;
    found.indices = indices;
    found.indicesType = indicesType;
  });
}

CUDNN_API int cudnnGetReduceTensorDescriptor(void *descriptor, int *operation, int *computeType, int *nan,
                                             int *indices, int *indicesType) {
  return dnnCall(__func__, [&] {
    const ReduceTensorDescriptor &found = Live<ReduceTensorDescriptor>::get(descriptor);
    put(operation, found.operation);
    put(computeType, found.computeType);
    put(nan, found.propagatesNan ? 1 : 0);
    put(indices, found.indices);
    put(indicesType, found.indicesType);
  });
}

CUDNN_API int cudnnGetReductionIndicesSize(void *, void *descriptor, void *, void *, std::size_t *bytes) {
  return dnnCall(__func__, [&] {
    demand(Live<ReduceTensorDescriptor>::get(descriptor).indices == 0, "indices", DnnStatus::NotSupported);
    put(bytes, 0);
  });
}

CUDNN_API int cudnnGetReductionWorkspaceSize(void *, void *descriptor, void *, void *, std::size_t *bytes) {
  return dnnCall(__func__, [&] {
    Live<ReduceTensorDescriptor>::get(descriptor);
    put(bytes, kReductionWorkspace);
  });
}

CUDNN_API int cudnnReduceTensor(void *handle, void *descriptor, void *, std::size_t, void *workspace,
                                std::size_t workspaceBytes, const void *alphaPointer, void *aDescriptor, const float *a,
                                const void *betaPointer, void *cDescriptor, float *c) {
  return dnnCall(__func__, [&] {
    const ReduceTensorDescriptor reduction = Live<ReduceTensorDescriptor>::get(descriptor);
    demand(reduction.operation != ReduceTensorDescriptor::Operation::Unset, "a reduction that was not set");
    demand(reduction.indices == 0, "indices", DnnStatus::NotSupported);
    demand(reduction.computeType == DataType::Float, "a reduction that does not compute in float32",
           DnnStatus::NotSupported);
    demand(workspace != nullptr && workspaceBytes >= kReductionWorkspace, "too small a workspace");
    const TensorDescriptor input = tensor(aDescriptor);
    const TensorDescriptor output = tensor(cDescriptor);
    broadcastStrides(output, input.dimensions);
    // The axes that stay, and those that go.
    std::vector<int> kept = output.dimensions;
    std::vector<int> reduced = input.dimensions;
    for (std::size_t axis = 0; axis < kept.size(); axis++) {
      if (kept[axis] == reduced[axis]) reduced[axis] = 1;
    }
    const float alpha = factor(alphaPointer);
    const float beta = factor(betaPointer);
    submit("cudnnReduceTensor", handle,
           {{"A", a, input.bytes()}, {"C", c, output.bytes()}, {"the workspace", workspace, workspaceBytes}}, [=] {
             std::fill_n(static_cast<float *>(workspace), workspaceBytes / sizeof(float), NAN);
             forEach(kept, {&input.strides, &output.strides}, [&](const std::vector<std::size_t> &at) {
               Reduction result(reduction);
               forEach(reduced, {&input.strides},
                       [&](const std::vector<std::size_t> &inner) { result.add(a[at[0] + inner[0]]); });
               blend(c[at[1]], alpha, result.result(), beta);
             });
           });
  });
}
