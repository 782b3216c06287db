// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstring>

#include "../common/gemm.hpp"
#include "convolution.hpp"

namespace software_cuda {

ConvolutionShape shapeOf(const void *x, const void *w, const void *descriptor, const void *y) {
  ConvolutionShape shape{tensor4d(x), filter(w), convolution(descriptor), tensor4d(y)};
  demand(shape.convolution.computeType == DataType::Float, "a convolution that does not compute in float32",
         DnnStatus::NotSupported);
  demand(shape.w.k() % shape.convolution.groups == 0, "output channels that the groups do not divide");
  demand(shape.y.dimensions == outputOf(shape.convolution, shape.x, shape.w),
         "the output has other dimensions than the convolution gives");
  return shape;
}

ConvolutionKernel::ConvolutionKernel(const ConvolutionShape &shape, const float *weights)
    : shape_(shape), weights_(shape.w.elements()), patches_(shape.depth() * shape.outputPixels()) {
  const FilterDescriptor &w = shape.w;
  const bool turned = !shape.convolution.isCrossCorrelation();
  std::size_t next = 0;
  for (int k = 0; k < w.k(); k++) {
    for (int c = 0; c < w.c(); c++) {
      for (int y = 0; y < w.h(); y++) {
        for (int x = 0; x < w.w(); x++) {
          weights_[next++] = weights[turned ? w.at(k, c, w.h() - 1 - y, w.w() - 1 - x) : w.at(k, c, y, x)];
        }
      }
    }
  }
}

template <class Body>
void ConvolutionKernel::forEachTap(Body body) const {
  const ConvolutionDescriptor &d = shape_.convolution;
  const int height = shape_.x.h();
  const int width = shape_.x.w();
  std::size_t row = 0;
  for (int c = 0; c < shape_.w.c(); c++) {
    for (int kernelY = 0; kernelY < shape_.w.h(); kernelY++) {
      for (int kernelX = 0; kernelX < shape_.w.w(); kernelX++, row++) {
        std::size_t pixel = 0;
        for (int outY = 0; outY < shape_.y.h(); outY++) {
          const int y = outY * d.stride[0] - d.padding[0] + kernelY * d.dilation[0];
          for (int outX = 0; outX < shape_.y.w(); outX++, pixel++) {
            const int x = outX * d.stride[1] - d.padding[1] + kernelX * d.dilation[1];
            if (y >= 0 && y < height && x >= 0 && x < width) body(row, pixel, c, y, x);
          }
        }
      }
    }
  }
}

/** The product of the group's weights with the matrix of the patches that its outputs look at. */
void ConvolutionKernel::forward(const float *x, int image, int group, std::vector<float> &result) {
  const std::size_t pixels = shape_.outputPixels();
  const std::size_t depth = shape_.depth();
  const auto channels = static_cast<std::size_t>(shape_.outputChannelsOfGroup());
  std::fill(patches_.begin(), patches_.end(), 0.0f);
  const int firstChannel = group * shape_.w.c();
  forEachTap([&](std::size_t row, std::size_t pixel, int c, int y, int column) {
    patches_[row * pixels + pixel] = x[shape_.x.at(image, firstChannel + c, y, column)];
  });
  result.resize(channels * pixels);
  const float *weights = &weights_[static_cast<std::size_t>(group) * channels * depth];
  gemm(pixels, channels, depth, 1, {patches_.data(), 1, pixels}, {weights, 1, depth}, 0, result.data(), pixels,
       shape_.convolution.allowsTf32());
}

/** The same read backwards: weights times gradients are gradients of patches, which add up where patches overlap. */
void ConvolutionKernel::backward(const float *y, int image, int group, std::vector<float> &result) {
  const std::size_t pixels = shape_.outputPixels();
  const std::size_t depth = shape_.depth();
  const auto channels = static_cast<std::size_t>(shape_.outputChannelsOfGroup());
  std::vector<float> gradients(channels * pixels);
  std::size_t next = 0;
  for (std::size_t k = 0; k < channels; k++) {
    for (int outY = 0; outY < shape_.y.h(); outY++) {
      for (int outX = 0; outX < shape_.y.w(); outX++) {
        const int channel = group * static_cast<int>(channels) + static_cast<int>(k);
        gradients[next++] = y[shape_.y.at(image, channel, outY, outX)];
      }
    }
  }
  const float *weights = &weights_[static_cast<std::size_t>(group) * channels * depth];
  gemm(pixels, depth, channels, 1, {gradients.data(), 1, pixels}, {weights, depth, 1}, 0, patches_.data(), pixels,
       shape_.convolution.allowsTf32());
  const auto height = static_cast<std::size_t>(shape_.x.h());
  const auto width = static_cast<std::size_t>(shape_.x.w());
  result.assign(static_cast<std::size_t>(shape_.w.c()) * height * width, 0.0f);
  forEachTap([&](std::size_t row, std::size_t pixel, int c, int inY, int inX) {
    const std::size_t place =
        (static_cast<std::size_t>(c) * height + static_cast<std::size_t>(inY)) * width + static_cast<std::size_t>(inX);
    result[place] += patches_[row * pixels + pixel];
  });
}

}  // namespace software_cuda
