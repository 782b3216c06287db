// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Softmax, local response normalisation, and batch normalisation as inference uses it.

#include <algorithm>
#include <cmath>

#include "api.hpp"

using namespace software_cuda;

namespace {

enum class SoftmaxAlgorithm : int { Fast = 0, Accurate = 1, Log = 2 };

/** Over `count` elements that lie `xStep` and `yStep` apart. */
struct Softmax {
  SoftmaxAlgorithm algorithm;
  float alpha;
  float beta;

  void run(const std::vector<const float *> &x, const std::vector<float *> &y) const {
    // The fast one does without the largest, and overflows where that is large.
    float largest = 0;
    if (algorithm != SoftmaxAlgorithm::Fast) {
      largest = **std::max_element(x.begin(), x.end(), [](const float *a, const float *b) { return *a < *b; });
    }
    double sum = 0;
    for (const float *value : x) sum += std::exp(*value - largest);
    const float total = static_cast<float>(sum);
    std::vector<float> results(x.size());
    for (std::size_t index = 0; index < x.size(); index++) {
      const float shifted = *x[index] - largest;
      results[index] = algorithm == SoftmaxAlgorithm::Log ? shifted - std::log(total) : std::exp(shifted) / total;
    }
    for (std::size_t index = 0; index < y.size(); index++) blend(*y[index], alpha, results[index], beta);
  }
};

constexpr unsigned kLrnMinWindow = 1;
constexpr unsigned kLrnMaxWindow = 16;
constexpr double kLrnMinK = 1e-5;
constexpr double kLrnMinBeta = 0.01;

}  // namespace

CUDNN_API int cudnnSoftmaxForward(void *handle, int algorithm, int mode, const void *alpha, void *xDescriptor,
                                  const float *x, const void *beta, void *yDescriptor, float *y) {
  return dnnCall(__func__, [&] {
    demand(algorithm >= 0 && algorithm <= 2 && (mode == 0 || mode == 1), "no such algorithm or mode");
    const TensorDescriptor input = tensor(xDescriptor);
    const TensorDescriptor output = tensor(yDescriptor);
    demand(input.dimensions == output.dimensions, "tensors of different dimensions");
    demand(x != y || input.strides == output.strides, "in place with other strides");
    const Softmax softmax{static_cast<SoftmaxAlgorithm>(algorithm), factor(alpha), factor(beta)};
    // Which axes one softmax goes over: all but the batch, or the channels.
    std::vector<int> outer = input.dimensions;
    std::vector<int> inner = input.dimensions;
    for (std::size_t axis = 0; axis < outer.size(); axis++) {
      const bool within = mode == 0 ? axis > 0 : axis == 1;
      (within ? outer : inner)[axis] = 1;
    }
    submit("cudnnSoftmaxForward", handle, {{"x", x, input.bytes()}, {"y", y, output.bytes()}}, [=] {
      forEach(outer, {&input.strides, &output.strides}, [&](const std::vector<std::size_t> &at) {
        std::vector<const float *> from;
        std::vector<float *> to;
        forEach(inner, {&input.strides, &output.strides}, [&](const std::vector<std::size_t> &in) {
          from.push_back(x + at[0] + in[0]);
          to.push_back(y + at[1] + in[1]);
        });
        softmax.run(from, to);
      });
    });
  });
}

CUDNN_API int cudnnCreateLRNDescriptor(void **descriptor) {
  return createDescriptor<LrnDescriptor>(__func__, descriptor);
}

CUDNN_API int cudnnDestroyLRNDescriptor(void *descriptor) {
  return destroyDescriptor<LrnDescriptor>(__func__, descriptor);
}

CUDNN_API int cudnnSetLRNDescriptor(void *descriptor, unsigned window, double alpha, double beta, double k) {
  return dnnCall(__func__, [&] {
    LrnDescriptor &found = Live<LrnDescriptor>::get(descriptor);
    demand(window >= kLrnMinWindow && window <= kLrnMaxWindow, "a window below 1 or above 16");
    // NaN is below nothing, and cuDNN takes it.
    demand(!(k < kLrnMinK) && !(beta < kLrnMinBeta), "k below 1e-5, or beta below 0.01");
    found = {window, alpha, beta, k};
  });
}

CUDNN_API int cudnnGetLRNDescriptor(void *descriptor, unsigned *window, double *alpha, double *beta, double *k) {
  return dnnCall(__func__, [&] {
    const LrnDescriptor &found = Live<LrnDescriptor>::get(descriptor);
    put(window, found.window);
    put(alpha, found.alpha);
    put(beta, found.beta);
    put(k, found.k);
  });
}

CUDNN_API int cudnnLRNCrossChannelForward(void *handle, void *descriptor, int mode, const void *alphaPointer,
                                          void *xDescriptor, const float *x, const void *betaPointer,
                                          void *yDescriptor, float *y) {
  return dnnCall(__func__, [&] {
    const LrnDescriptor lrn = Live<LrnDescriptor>::get(descriptor);
    demand(mode == 0, "no such mode");
    const TensorDescriptor input = tensor4d(xDescriptor);
    const TensorDescriptor output = tensor4d(yDescriptor);
    demand(input.dimensions == output.dimensions, "tensors of different dimensions");
    demand(x != y, "a normalisation in place: neighbours are read after they were written");
    const float alpha = factor(alphaPointer);
    const float beta = factor(betaPointer);
    // "lookBehind = floor((lrnN-1)/2), lookAhead = lrnN-lookBehind-1": an even window reaches further ahead.
    const int behind = (static_cast<int>(lrn.window) - 1) / 2;
    const int ahead = static_cast<int>(lrn.window) - behind - 1;
    submit("cudnnLRNCrossChannelForward", handle, {{"x", x, input.bytes()}, {"y", y, output.bytes()}}, [=] {
      for (int n = 0; n < input.n(); n++) {
        for (int row = 0; row < input.h(); row++) {
          for (int column = 0; column < input.w(); column++) {
            for (int c = 0; c < input.c(); c++) {
              double squares = 0;
              for (int near = std::max(0, c - behind); near <= std::min(input.c() - 1, c + ahead); near++) {
                const double value = x[input.at(n, near, row, column)];
                squares += value * value;
              }
              const double scale = std::pow(lrn.k + lrn.alpha / lrn.window * squares, -lrn.beta);
              const float value = static_cast<float>(x[input.at(n, c, row, column)] * scale);
              blend(y[output.at(n, c, row, column)], alpha, value, beta);
            }
          }
        }
      }
    });
  });
}

CUDNN_API int cudnnDeriveBNTensorDescriptor(void *derived, void *xDescriptor, int mode) {
  return dnnCall(__func__, [&] {
    demand(mode >= 0 && mode <= 2, "no such mode");
    TensorDescriptor &found = Live<TensorDescriptor>::get(derived);
    std::vector<int> dimensions = tensor(xDescriptor).dimensions;
    dimensions[0] = 1;
    for (std::size_t axis = 2; mode != 0 && axis < dimensions.size(); axis++) dimensions[axis] = 1;
    found.type = DataType::Float;
    found.strides.assign(dimensions.size(), 1);
    for (std::size_t axis = dimensions.size() - 1; axis > 0; axis--) {
      found.strides[axis - 1] = found.strides[axis] * dimensions[axis];
    }
    found.dimensions = dimensions;
  });
}

CUDNN_API int cudnnBatchNormalizationForwardInference(void *handle, int mode, const void *alphaPointer,
                                                      const void *betaPointer, void *xDescriptor, const float *x,
                                                      void *yDescriptor, float *y, void *parameterDescriptor,
                                                      const float *scale, const float *bias, const float *mean,
                                                      const float *variance, double epsilon) {
  return dnnCall(__func__, [&] {
    demand(mode >= 0 && mode <= 2, "no such mode");
    demand(epsilon >= 0, "a negative epsilon");
    const TensorDescriptor input = tensor(xDescriptor);
    const TensorDescriptor output = tensor(yDescriptor);
    const TensorDescriptor parameters = tensor(parameterDescriptor);
    demand(input.dimensions == output.dimensions, "tensors of different dimensions");
    demand(x != y || input.strides == output.strides, "in place with other strides");
    std::vector<int> expected = input.dimensions;
    expected[0] = 1;
    for (std::size_t axis = 2; mode != 0 && axis < expected.size(); axis++) expected[axis] = 1;
    demand(parameters.dimensions == expected, "parameters of other dimensions than the mode asks for");
    const std::vector<int> strides = broadcastStrides(parameters, input.dimensions);
    const float alpha = factor(alphaPointer);
    const float beta = factor(betaPointer);
    const std::size_t bytes = parameters.bytes();
    submit("cudnnBatchNormalizationForwardInference", handle,
           {{"x", x, input.bytes()},
            {"y", y, output.bytes()},
            {"the scale", scale, bytes},
            {"the bias", bias, bytes},
            {"the mean", mean, bytes},
            {"the variance", variance, bytes}},
           [=] {
             forEach(input.dimensions, {&input.strides, &output.strides, &strides},
                     [&](const std::vector<std::size_t> &at) {
                       const std::size_t p = at[2];
                       const double normal = (x[at[0]] - double{mean[p]}) / std::sqrt(epsilon + variance[p]);
                       blend(y[at[1]], alpha, static_cast<float>(bias[p] + scale[p] * normal), beta);
                     });
           });
  });
}
