// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Descriptors of tensors and filters.

#include <algorithm>
#include <limits>

#include "api.hpp"

namespace software_cuda {
namespace {

/** cuDNN describes no more than 2 giga-elements. */
constexpr std::size_t kMaxElements = std::size_t{1} << 31;

std::size_t product(const std::vector<int> &dimensions) {
  std::size_t result = 1;
  for (const int dimension : dimensions) result *= static_cast<std::size_t>(dimension);
  return result;
}

void requireSizes(int type, const std::vector<int> &dimensions) {
  demand(type >= 0 && type <= static_cast<int>(DataType::Last), "no such type of data");
  demand(std::all_of(dimensions.begin(), dimensions.end(), [](int dimension) { return dimension > 0; }),
         "a dimension is 0 or less");
}

/** From the first to behind the last element, as cuDNN computes it. */
std::size_t spanOf(const std::vector<int> &dimensions, const std::vector<int> &strides) {
  std::size_t span = 1;
  for (std::size_t axis = 0; axis < dimensions.size(); axis++) {
    // The least int has no absolute value, and stays.
    const int step = strides[axis] < 0 ? static_cast<int>(-static_cast<unsigned>(strides[axis])) : strides[axis];
    span += static_cast<std::size_t>(dimensions[axis] - 1) * static_cast<std::size_t>(static_cast<long>(step));
  }
  return span;
}

/** What cuDNN asks of tensors and not of filters. */
void requireSpan(const std::vector<int> &dimensions, const std::vector<int> &strides) {
  for (std::size_t axis = 0; axis < dimensions.size(); axis++) {
    demand(strides[axis] != 0 || dimensions[axis] == 1, "a stride of 0");
  }
  demand(spanOf(dimensions, strides) < kMaxElements, "more than 2 giga-elements", DnnStatus::NotSupported);
}

/** As cuDNN multiplies: in 32 bits, whatever is lost. */
int times(int a, int b) { return static_cast<int>(static_cast<unsigned>(a) * static_cast<unsigned>(b)); }

/** Of a tensor whose elements lie one behind another, the last dimension fastest. */
std::vector<int> packed(const std::vector<int> &dimensions) {
  std::vector<int> strides(dimensions.size());
  int stride = 1;
  for (std::size_t axis = dimensions.size(); axis-- > 0;) {
    strides[axis] = stride;
    stride = times(stride, dimensions[axis]);
  }
  return strides;
}

/** The same with the channels fastest. */
std::vector<int> channelsLast(const std::vector<int> &dimensions) {
  std::vector<int> strides(dimensions.size());
  int stride = dimensions[1];
  for (std::size_t axis = dimensions.size(); axis-- > 2;) {
    strides[axis] = stride;
    stride = times(stride, dimensions[axis]);
  }
  strides[1] = 1;
  strides[0] = stride;
  return strides;
}

void set(TensorDescriptor &tensor, int type, std::vector<int> dimensions, std::vector<int> strides) {
  tensor.type = static_cast<DataType>(type);
  tensor.dimensions = std::move(dimensions);
  tensor.strides = std::move(strides);
}

void setPacked(TensorDescriptor &tensor, int format, int type, std::vector<int> dimensions) {
  requireSizes(type, dimensions);
  demand(format >= 0 && format <= 2, "no such format");
  demand(format != static_cast<int>(Format::NchwVectC), "vectors of channels", DnnStatus::NotSupported);
  std::vector<int> strides = format == static_cast<int>(Format::Nhwc) ? channelsLast(dimensions) : packed(dimensions);
  requireSpan(dimensions, strides);
  set(tensor, type, std::move(dimensions), std::move(strides));
}

std::vector<int> arrayOf(int count, const int *values) {
  demand(values != nullptr, "a null array");
  demand(count >= 4 && count <= kMaxDimensions, "fewer than 4 dimensions or more than 8", DnnStatus::NotSupported);
  return std::vector<int>(values, values + count);
}

const TensorDescriptor &isSet(const void *descriptor) {
  const TensorDescriptor &found = Live<TensorDescriptor>::get(descriptor);
  demand(found.isSet(), "a tensor descriptor that was not set");
  return found;
}

}  // namespace

std::size_t bytesOf(DataType type) {
  switch (type) {
    case DataType::Double:
      return 8;
    case DataType::Float:
    case DataType::Int32:
    case DataType::Int8x4:
      return 4;
    case DataType::Half:
      return 2;
    default:
      return 1;
  }
}

std::size_t TensorDescriptor::elements() const { return product(dimensions); }

std::size_t TensorDescriptor::bytes() const {
  // cuDNN describes such tensors; nothing here computes with them.
  demand(std::all_of(strides.begin(), strides.end(), [](int stride) { return stride >= 0; }), "a negative stride",
         DnnStatus::NotSupported);
  return spanOf(dimensions, strides) * bytesOf(type);
}

std::size_t FilterDescriptor::elements() const { return product(dimensions); }

std::size_t FilterDescriptor::at(int k, int c, int h, int w) const {
  const std::vector<int> strides = format == Format::Nhwc ? channelsLast(dimensions) : packed(dimensions);
  return static_cast<std::size_t>(k) * static_cast<std::size_t>(strides[0]) +
         static_cast<std::size_t>(c) * static_cast<std::size_t>(strides[1]) +
         static_cast<std::size_t>(h) * static_cast<std::size_t>(strides[2]) +
         static_cast<std::size_t>(w) * static_cast<std::size_t>(strides[3]);
}

}  // namespace software_cuda

using namespace software_cuda;

CUDNN_API int cudnnCreateTensorDescriptor(void **tensor) {
  return createDescriptor<TensorDescriptor>(__func__, tensor);
}

CUDNN_API int cudnnDestroyTensorDescriptor(void *tensor) {
  return destroyDescriptor<TensorDescriptor>(__func__, tensor);
}

CUDNN_API int cudnnSetTensor4dDescriptor(void *tensor, int format, int type, int n, int c, int h, int w) {
  return dnnCall(__func__, [&] { setPacked(Live<TensorDescriptor>::get(tensor), format, type, {n, c, h, w}); });
}

CUDNN_API int cudnnSetTensor4dDescriptorEx(void *tensor, int type, int n, int c, int h, int w, int strideN, int strideC,
                                           int strideH, int strideW) {
  return dnnCall(__func__, [&] {
    TensorDescriptor &found = Live<TensorDescriptor>::get(tensor);
    requireSizes(type, {n, c, h, w});
    requireSpan({n, c, h, w}, {strideN, strideC, strideH, strideW});
    set(found, type, {n, c, h, w}, {strideN, strideC, strideH, strideW});
  });
}

CUDNN_API int cudnnSetTensorNdDescriptor(void *tensor, int type, int count, const int *dimensions, const int *strides) {
  return dnnCall(__func__, [&] {
    TensorDescriptor &found = Live<TensorDescriptor>::get(tensor);
    std::vector<int> sizes = arrayOf(count, dimensions);
    std::vector<int> steps = arrayOf(count, strides);
    requireSizes(type, sizes);
    requireSpan(sizes, steps);
    set(found, type, std::move(sizes), std::move(steps));
  });
}

CUDNN_API int cudnnSetTensorNdDescriptorEx(void *tensor, int format, int type, int count, const int *dimensions) {
  return dnnCall(__func__, [&] {
    setPacked(Live<TensorDescriptor>::get(tensor), format, type, arrayOf(count, dimensions));
  });
}

CUDNN_API int cudnnGetTensor4dDescriptor(void *tensor, int *type, int *n, int *c, int *h, int *w, int *strideN,
                                         int *strideC, int *strideH, int *strideW) {
  return dnnCall(__func__, [&] {
    const TensorDescriptor &found = isSet(tensor);
    demand(found.rank() == 4, "not a tensor of four dimensions");
    put(type, found.type);
    int *const sizes[] = {n, c, h, w};
    int *const steps[] = {strideN, strideC, strideH, strideW};
    for (std::size_t axis = 0; axis < 4; axis++) {
      put(sizes[axis], found.dimensions[axis]);
      put(steps[axis], found.strides[axis]);
    }
  });
}

CUDNN_API int cudnnGetTensorNdDescriptor(void *tensor, int wanted, int *type, int *count, int *dimensions,
                                         int *strides) {
  return dnnCall(__func__, [&] {
    const TensorDescriptor &found = isSet(tensor);
    put(type, found.type);
    put(count, found.rank());
    for (int axis = 0; axis < std::min(wanted, found.rank()); axis++) {
      put(dimensions + axis, found.dimensions[static_cast<std::size_t>(axis)]);
      put(strides + axis, found.strides[static_cast<std::size_t>(axis)]);
    }
  });
}

CUDNN_API int cudnnGetTensorSizeInBytes(void *tensor, std::size_t *bytes) {
  return dnnCall(__func__, [&] {
    const TensorDescriptor &found = isSet(tensor);
    put(bytes, spanOf(found.dimensions, found.strides) * bytesOf(found.type));
  });
}

CUDNN_API int cudnnCreateFilterDescriptor(void **filter) {
  return createDescriptor<FilterDescriptor>(__func__, filter);
}

CUDNN_API int cudnnDestroyFilterDescriptor(void *filter) {
  return destroyDescriptor<FilterDescriptor>(__func__, filter);
}

CUDNN_API int cudnnSetFilterNdDescriptor(void *filter, int type, int format, int count, const int *dimensions) {
  return dnnCall(__func__, [&] {
    FilterDescriptor &found = Live<FilterDescriptor>::get(filter);
    std::vector<int> sizes = arrayOf(count, dimensions);
    requireSizes(type, sizes);
    demand(format == 0 || format == 1, "a format that is not NCHW or NHWC", DnnStatus::NotSupported);
    found.type = static_cast<DataType>(type);
    found.format = static_cast<Format>(format);
    found.dimensions = std::move(sizes);
  });
}

CUDNN_API int cudnnSetFilter4dDescriptor(void *filter, int type, int format, int k, int c, int h, int w) {
  const int dimensions[] = {k, c, h, w};
  return cudnnSetFilterNdDescriptor(filter, type, format, 4, dimensions);
}

CUDNN_API int cudnnGetFilterNdDescriptor(void *filter, int wanted, int *type, int *format, int *count,
                                         int *dimensions) {
  return dnnCall(__func__, [&] {
    const FilterDescriptor &found = Live<FilterDescriptor>::get(filter);
    demand(found.isSet(), "a filter descriptor that was not set");
    put(type, found.type);
    put(format, found.format);
    put(count, found.dimensions.size());
    for (int axis = 0; axis < std::min(wanted, static_cast<int>(found.dimensions.size())); axis++) {
      put(dimensions + axis, found.dimensions[static_cast<std::size_t>(axis)]);
    }
  });
}

CUDNN_API int cudnnGetFilter4dDescriptor(void *filter, int *type, int *format, int *k, int *c, int *h, int *w) {
  int dimensions[4] = {};
  int count = 0;
  const int status = cudnnGetFilterNdDescriptor(filter, 4, type, format, &count, dimensions);
  if (status != 0) return status;
  int *const sizes[] = {k, c, h, w};
  for (std::size_t axis = 0; axis < 4; axis++) put(sizes[axis], dimensions[axis]);
  return static_cast<int>(count == 4 ? DnnStatus::Success : DnnStatus::BadParam);
}

CUDNN_API int cudnnGetFilterSizeInBytes(void *filter, std::size_t *bytes) {
  return dnnCall(__func__, [&] {
    const FilterDescriptor &found = Live<FilterDescriptor>::get(filter);
    demand(found.isSet(), "a filter descriptor that was not set");
    put(bytes, found.bytes());
  });
}
