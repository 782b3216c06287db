// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Pooling of two spatial dimensions.

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "window.hpp"

using namespace software_cuda;

namespace {

/** What a window gives; positions in the padding hold nothing, but count where the mode includes them. */
class Window {
 public:
  explicit Window(const PoolingDescriptor &pooling) : pooling_(pooling) {}

  void add(float value) {
    count_++;
    sum_ += value;
    if (std::isnan(value)) {
      nan_ = true;
    } else {
      max_ = std::max(max_, value);
    }
  }

  float result() const {
    using Mode = PoolingDescriptor::Mode;
    if (pooling_.isMax()) return nan_ && pooling_.propagatesNan ? NAN : max_;
    const int all = pooling_.window[0] * pooling_.window[1];
    return static_cast<float>(sum_ / (pooling_.mode == Mode::AverageIncludingPadding ? all : count_));
  }

 private:
  const PoolingDescriptor &pooling_;
  int count_ = 0;
  double sum_ = 0;
  float max_ = -FLT_MAX;
  bool nan_ = false;
};

float pool(const PoolingDescriptor &pooling, const TensorDescriptor &input, const float *x, int n, int c, int outY,
           int outX) {
  Window window(pooling);
  for (int y = 0; y < pooling.window[0]; y++) {
    const int row = outY * pooling.stride[0] - pooling.padding[0] + y;
    if (row < 0 || row >= input.h()) continue;
    for (int column = 0; column < pooling.window[1]; column++) {
      const int at = outX * pooling.stride[1] - pooling.padding[1] + column;
      if (at >= 0 && at < input.w()) window.add(x[input.at(n, c, row, at)]);
    }
  }
  return window.result();
}

}  // namespace

CUDNN_API int cudnnPoolingForward(void *handle, void *descriptor, const void *alphaPointer, void *xDescriptor,
                                  const float *x, const void *betaPointer, void *yDescriptor, float *y) {
  return dnnCall(__func__, [&] {
    const PoolingDescriptor pooling = Live<PoolingDescriptor>::get(descriptor);
    demand(pooling.isSet(), "a pooling descriptor that was not set");
    const TensorDescriptor input = tensor4d(xDescriptor);
    const TensorDescriptor output = tensor4d(yDescriptor);
    demand(output.dimensions == outputOf(pooling, input), "the output has other dimensions than the pooling gives");
    const float alpha = factor(alphaPointer);
    const float beta = factor(betaPointer);
    demand(x != y, "a pooling in place");
    submit("cudnnPoolingForward", handle, {{"x", x, input.bytes()}, {"y", y, output.bytes()}}, [=] {
      for (int n = 0; n < output.n(); n++) {
        for (int c = 0; c < output.c(); c++) {
          for (int row = 0; row < output.h(); row++) {
            for (int column = 0; column < output.w(); column++) {
              blend(y[output.at(n, c, row, column)], alpha, pool(pooling, input, x, n, c, row, column), beta);
            }
          }
        }
      }
    });
  });
}
