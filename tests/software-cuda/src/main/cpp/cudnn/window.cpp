// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Descriptors of convolutions and poolings, and the sizes of their results.

#include "window.hpp"

#include <algorithm>
#include <cstdint>

namespace software_cuda {
namespace {

bool allAtLeast(int least, const std::vector<int> &values) {
  return std::all_of(values.begin(), values.end(), [least](int value) { return value >= least; });
}

std::vector<int> arrayOf(int count, const int *values) {
  demand(count > 0 && values != nullptr, "no array, or an empty one");
  demand(count <= kMaxDimensions - 2, "too many spatial dimensions", DnnStatus::NotSupported);
  return std::vector<int>(values, values + count);
}

void copyTo(int *out, const std::vector<int> &values, int wanted) {
  if (out == nullptr) return;
  std::copy_n(values.begin(), std::min(wanted, static_cast<int>(values.size())), out);
}

/** As cuDNN computes: in 32 bits, whatever is lost. */
int wrapped(std::int64_t value) { return static_cast<int>(static_cast<std::uint32_t>(value)); }

int padded(int size, int padding) { return wrapped(std::int64_t{size} + 2 * std::int64_t{padding}); }

/** How many windows there are on an axis with so much room beside the first. */
int windowsIn(int room, int stride) { return wrapped(room / stride + std::int64_t{1}); }

const PoolingDescriptor &poolingThatIsSet(const void *descriptor) {
  const PoolingDescriptor &found = Live<PoolingDescriptor>::get(descriptor);
  demand(found.isSet(), "a pooling descriptor that was not set");
  return found;
}

}  // namespace

const ConvolutionDescriptor &convolution(const void *descriptor) {
  const ConvolutionDescriptor &found = Live<ConvolutionDescriptor>::get(descriptor);
  demand(found.isSet(), "a convolution descriptor that was not set");
  demand(found.padding.size() == 2, "a convolution that has not two spatial dimensions", DnnStatus::NotSupported);
  return found;
}

std::vector<int> outputOf(const ConvolutionDescriptor &convolution, const TensorDescriptor &input,
                          const FilterDescriptor &filter) {
  demand(input.c() == filter.c() * convolution.groups, "input channels are not those of the filter times the groups");
  std::vector<int> output = {input.n(), filter.k()};
  for (std::size_t axis = 0; axis < 2; axis++) {
    const int extent =
        wrapped((filter.dimensions[axis + 2] - std::int64_t{1}) * convolution.dilation[axis] + std::int64_t{1});
    const int size = padded(input.dimensions[axis + 2], convolution.padding[axis]);
    demand(size >= extent, "a filter larger than the padded input");
    output.push_back(windowsIn(wrapped(std::int64_t{size} - extent), convolution.stride[axis]));
  }
  return output;
}

std::vector<int> outputOf(const PoolingDescriptor &pooling, const TensorDescriptor &input) {
  demand(input.dimensions.size() == pooling.window.size() + 2, "a pooling of another rank");
  std::vector<int> output = {input.n(), input.c()};
  for (std::size_t axis = 0; axis < pooling.window.size(); axis++) {
    const int size = padded(input.dimensions[axis + 2], pooling.padding[axis]);
    const int room = wrapped(std::int64_t{size} - pooling.window[axis]);
    demand(room >= 0, "a window larger than the padded input");
    output.push_back(windowsIn(room, pooling.stride[axis]));
  }
  return output;
}

}  // namespace software_cuda

using namespace software_cuda;

CUDNN_API int cudnnCreateConvolutionDescriptor(void **convolution) {
  return createDescriptor<ConvolutionDescriptor>(__func__, convolution);
}

CUDNN_API int cudnnDestroyConvolutionDescriptor(void *convolution) {
  return destroyDescriptor<ConvolutionDescriptor>(__func__, convolution);
}

CUDNN_API int cudnnSetConvolutionNdDescriptor(void *descriptor, int count, const int *padding, const int *stride,
                                              const int *dilation, int mode, int computeType) {
  return dnnCall(__func__, [&] {
    ConvolutionDescriptor &found = Live<ConvolutionDescriptor>::get(descriptor);
    const std::vector<int> pads = arrayOf(count, padding);
    const std::vector<int> steps = arrayOf(count, stride);
    const std::vector<int> gaps = arrayOf(count, dilation);
    demand(allAtLeast(0, pads) && allAtLeast(1, steps) && allAtLeast(1, gaps),
           "a negative padding, or a stride or dilation below 1");
    demand(mode == 0 || mode == 1, "no such mode");
    demand(computeType >= 0 && computeType <= static_cast<int>(DataType::Last), "no such type of data");
    found.padding = pads;
    found.stride = steps;
    found.dilation = gaps;
    found.mode = mode;
    found.computeType = static_cast<DataType>(computeType);
  });
}

CUDNN_API int cudnnSetConvolution2dDescriptor(void *descriptor, int padH, int padW, int strideH, int strideW,
                                              int dilationH, int dilationW, int mode, int computeType) {
  const int padding[] = {padH, padW};
  const int stride[] = {strideH, strideW};
  const int dilation[] = {dilationH, dilationW};
  return cudnnSetConvolutionNdDescriptor(descriptor, 2, padding, stride, dilation, mode, computeType);
}

CUDNN_API int cudnnGetConvolutionNdDescriptor(void *descriptor, int wanted, int *count, int *padding, int *stride,
                                              int *dilation, int *mode, int *computeType) {
  return dnnCall(__func__, [&] {
    const ConvolutionDescriptor &found = Live<ConvolutionDescriptor>::get(descriptor);
    demand(found.isSet(), "a convolution descriptor that was not set");
    put(count, found.padding.size());
    copyTo(padding, found.padding, wanted);
    copyTo(stride, found.stride, wanted);
    copyTo(dilation, found.dilation, wanted);
    put(mode, found.mode);
    put(computeType, found.computeType);
  });
}

CUDNN_API int cudnnGetConvolution2dDescriptor(void *descriptor, int *padH, int *padW, int *strideH, int *strideW,
                                              int *dilationH, int *dilationW, int *mode, int *computeType) {
  return dnnCall(__func__, [&] {
    const ConvolutionDescriptor &found = convolution(descriptor);
    put(padH, found.padding[0]);
    put(padW, found.padding[1]);
    put(strideH, found.stride[0]);
    put(strideW, found.stride[1]);
    put(dilationH, found.dilation[0]);
    put(dilationW, found.dilation[1]);
    put(mode, found.mode);
    put(computeType, found.computeType);
  });
}

CUDNN_API int cudnnSetConvolutionGroupCount(void *descriptor, int groups) {
  return dnnCall(__func__, [&] {
    demand(groups >= 1, "fewer than one group");
    Live<ConvolutionDescriptor>::get(descriptor).groups = groups;
  });
}

CUDNN_API int cudnnGetConvolutionGroupCount(void *descriptor, int *groups) {
  return dnnCall(__func__, [&] { put(groups, Live<ConvolutionDescriptor>::get(descriptor).groups); });
}

CUDNN_API int cudnnSetConvolutionMathType(void *descriptor, int type) {
  return dnnCall(__func__, [&] {
    demand(type >= 0 && type <= 3, "no such type of mathematics");
    Live<ConvolutionDescriptor>::get(descriptor).mathType = type;
  });
}

CUDNN_API int cudnnGetConvolutionMathType(void *descriptor, int *type) {
  return dnnCall(__func__, [&] { put(type, Live<ConvolutionDescriptor>::get(descriptor).mathType); });
}

CUDNN_API int cudnnSetConvolutionReorderType(void *descriptor, int type) {
  return dnnCall(__func__, [&] {
    demand(type == 0 || type == 1, "no such type of reordering");
    Live<ConvolutionDescriptor>::get(descriptor).reorder = type;
  });
}

CUDNN_API int cudnnGetConvolutionReorderType(void *descriptor, int *type) {
  return dnnCall(__func__, [&] { put(type, Live<ConvolutionDescriptor>::get(descriptor).reorder); });
}

CUDNN_API int cudnnGetConvolutionNdForwardOutputDim(void *descriptor, void *input, void *filters, int wanted,
                                                    int *dimensions) {
  return dnnCall(__func__, [&] {
    copyTo(dimensions, outputOf(convolution(descriptor), tensor4d(input), filter(filters)), wanted);
  });
}

CUDNN_API int cudnnGetConvolution2dForwardOutputDim(void *descriptor, void *input, void *filters, int *n, int *c,
                                                    int *h, int *w) {
  return dnnCall(__func__, [&] {
    const std::vector<int> output = outputOf(convolution(descriptor), tensor4d(input), filter(filters));
    put(n, output[0]);
    put(c, output[1]);
    put(h, output[2]);
    put(w, output[3]);
  });
}

CUDNN_API int cudnnCreatePoolingDescriptor(void **pooling) {
  return createDescriptor<PoolingDescriptor>(__func__, pooling);
}

CUDNN_API int cudnnDestroyPoolingDescriptor(void *pooling) {
  return destroyDescriptor<PoolingDescriptor>(__func__, pooling);
}

CUDNN_API int cudnnSetPoolingNdDescriptor(void *pooling, int mode, int nan, int count, const int *window,
                                          const int *padding, const int *stride) {
  return dnnCall(__func__, [&] {
    PoolingDescriptor &found = Live<PoolingDescriptor>::get(pooling);
    const std::vector<int> windows = arrayOf(count, window);
    const std::vector<int> pads = arrayOf(count, padding);
    const std::vector<int> steps = arrayOf(count, stride);
    demand(mode >= 0 && mode <= 3 && (nan == 0 || nan == 1), "no such mode");
    // cuDNN takes a negative padding: it cuts.
    demand(allAtLeast(1, windows) && allAtLeast(1, steps), "a window or stride below 1");
    found.mode = static_cast<PoolingDescriptor::Mode>(mode);
    found.propagatesNan = nan == 1;
    found.window = windows;
    found.padding = pads;
    found.stride = steps;
  });
}

CUDNN_API int cudnnSetPooling2dDescriptor(void *pooling, int mode, int nan, int windowH, int windowW, int padH,
                                          int padW, int strideH, int strideW) {
  const int window[] = {windowH, windowW};
  const int padding[] = {padH, padW};
  const int stride[] = {strideH, strideW};
  return cudnnSetPoolingNdDescriptor(pooling, mode, nan, 2, window, padding, stride);
}

CUDNN_API int cudnnGetPoolingNdDescriptor(void *pooling, int wanted, int *mode, int *nan, int *count, int *window,
                                          int *padding, int *stride) {
  return dnnCall(__func__, [&] {
    const PoolingDescriptor &found = poolingThatIsSet(pooling);
    put(mode, found.mode);
    put(nan, found.propagatesNan ? 1 : 0);
    put(count, found.window.size());
    copyTo(window, found.window, wanted);
    copyTo(padding, found.padding, wanted);
    copyTo(stride, found.stride, wanted);
  });
}

CUDNN_API int cudnnGetPooling2dDescriptor(void *pooling, int *mode, int *nan, int *windowH, int *windowW, int *padH,
                                          int *padW, int *strideH, int *strideW) {
  return dnnCall(__func__, [&] {
    const PoolingDescriptor &found = poolingThatIsSet(pooling);
    demand(found.window.size() == 2, "a pooling that has not two spatial dimensions");
    put(mode, found.mode);
    put(nan, found.propagatesNan ? 1 : 0);
    put(windowH, found.window[0]);
    put(windowW, found.window[1]);
    put(padH, found.padding[0]);
    put(padW, found.padding[1]);
    put(strideH, found.stride[0]);
    put(strideW, found.stride[1]);
  });
}

CUDNN_API int cudnnGetPoolingNdForwardOutputDim(void *pooling, void *input, int wanted, int *dimensions) {
  return dnnCall(__func__, [&] { copyTo(dimensions, outputOf(poolingThatIsSet(pooling), tensor(input)), wanted); });
}

CUDNN_API int cudnnGetPooling2dForwardOutputDim(void *pooling, void *input, int *n, int *c, int *h, int *w) {
  return dnnCall(__func__, [&] {
    const std::vector<int> output = outputOf(poolingThatIsSet(pooling), tensor4d(input));
    put(n, output[0]);
    put(c, output[1]);
    put(h, output[2]);
    put(w, output[3]);
  });
}
