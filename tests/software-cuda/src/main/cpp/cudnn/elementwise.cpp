// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Activations, sums of tensors, and what else goes element by element.

#include <algorithm>
#include <cmath>

#include "api.hpp"

namespace software_cuda {

float ActivationDescriptor::apply(float value) const {
  const bool keepNan = propagatesNan && std::isnan(value);
  switch (mode) {
    case Mode::Sigmoid:
      return 1 / (1 + std::exp(-value));
    case Mode::Relu:
      return keepNan ? value : value > 0 ? value : 0;
    case Mode::Tanh:
      return std::tanh(value);
    case Mode::ClippedRelu:
      return keepNan ? value : std::min(value > 0 ? value : 0, static_cast<float>(coefficient));
    case Mode::Elu:
      return value > 0 ? value : static_cast<float>(coefficient) * std::expm1(value);
    case Mode::Swish:
      return value / (1 + std::exp(static_cast<float>(-swishBeta) * value));
    case Mode::Identity:
    case Mode::Unset:
      break;
  }
  return value;
}

}  // namespace software_cuda

using namespace software_cuda;

namespace {

void requireSameDimensions(const TensorDescriptor &left, const TensorDescriptor &right) {
  demand(left.dimensions == right.dimensions, "tensors of different dimensions");
}

/** In place the result must lie as the operand does. */
void requireInPlace(const void *in, const TensorDescriptor &input, const void *out, const TensorDescriptor &output) {
  demand(in != out || input.strides == output.strides, "in place with other strides");
}

float combine(const OpTensorDescriptor &descriptor, float left, float right) {
  const bool nan = std::isnan(left) || std::isnan(right);
  switch (descriptor.operation) {
    case OpTensorDescriptor::Operation::Add:
      return left + right;
    case OpTensorDescriptor::Operation::Mul:
      return left * right;
    case OpTensorDescriptor::Operation::Min:
      return nan && descriptor.propagatesNan ? NAN : std::fmin(left, right);
    case OpTensorDescriptor::Operation::Max:
      return nan && descriptor.propagatesNan ? NAN : std::fmax(left, right);
    case OpTensorDescriptor::Operation::Sqrt:
      return std::sqrt(left);
    case OpTensorDescriptor::Operation::Not:
      return 1 - left;
    case OpTensorDescriptor::Operation::Unset:
      break;
  }
  return NAN;
}

/** y = alpha f(x) + beta y for tensors of the same dimensions. */
template <class F>
void map(const char *name, void *handle, const void *alphaPointer, void *xDescriptor, const float *x,
         const void *betaPointer, void *yDescriptor, float *y, F f) {
  const TensorDescriptor input = tensor(xDescriptor);
  const TensorDescriptor output = tensor(yDescriptor);
  requireSameDimensions(input, output);
  requireInPlace(x, input, y, output);
  const float alpha = factor(alphaPointer);
  const float beta = factor(betaPointer);
  submit(name, handle, {{"x", x, input.bytes()}, {"y", y, output.bytes()}}, [=] {
    forEach(input.dimensions, {&input.strides, &output.strides},
            [&](const std::vector<std::size_t> &at) { blend(y[at[1]], alpha, f(x[at[0]]), beta); });
  });
}

}  // namespace

CUDNN_API int cudnnCreateActivationDescriptor(void **activation) {
  return createDescriptor<ActivationDescriptor>(__func__, activation);
}

CUDNN_API int cudnnDestroyActivationDescriptor(void *activation) {
  return destroyDescriptor<ActivationDescriptor>(__func__, activation);
}

CUDNN_API int cudnnSetActivationDescriptor(void *activation, int mode, int nan, double coefficient) {
  return dnnCall(__func__, [&] {
    demand(mode >= 0 && mode <= 6 && (nan == 0 || nan == 1), "no such activation");
    ActivationDescriptor &found = Live<ActivationDescriptor>::get(activation);
    found.mode = static_cast<ActivationDescriptor::Mode>(mode);
    found.propagatesNan = nan == 1;
    found.coefficient = coefficient;
  });
}

CUDNN_API int cudnnGetActivationDescriptor(void *activation, int *mode, int *nan, double *coefficient) {
  return dnnCall(__func__, [&] {
    const ActivationDescriptor &found = Live<ActivationDescriptor>::get(activation);
    put(mode, found.mode);
    put(nan, found.propagatesNan ? 1 : 0);
    put(coefficient, found.coefficient);
  });
}

CUDNN_API int cudnnSetActivationDescriptorSwishBeta(void *activation, double beta) {
  return dnnCall(__func__, [&] { Live<ActivationDescriptor>::get(activation).swishBeta = beta; });
}

CUDNN_API int cudnnGetActivationDescriptorSwishBeta(void *activation, double *beta) {
  return dnnCall(__func__, [&] { put(beta, Live<ActivationDescriptor>::get(activation).swishBeta); });
}

CUDNN_API int cudnnActivationForward(void *handle, void *descriptor, const void *alpha, void *xDescriptor,
                                     const float *x, const void *beta, void *yDescriptor, float *y) {
  return dnnCall(__func__, [&] {
    const ActivationDescriptor activation = Live<ActivationDescriptor>::get(descriptor);
    demand(activation.mode != ActivationDescriptor::Mode::Unset, "an activation descriptor that was not set");
    demand(activation.mode != ActivationDescriptor::Mode::Identity, "the identity is for fused convolutions alone");
    map("cudnnActivationForward", handle, alpha, xDescriptor, x, beta, yDescriptor, y,
        [activation](float value) { return activation.apply(value); });
  });
}

CUDNN_API int cudnnTransformTensor(void *handle, const void *alpha, void *xDescriptor, const float *x, const void *beta,
                                   void *yDescriptor, float *y) {
  return dnnCall(__func__, [&] {
    demand(x != y, "a transformation in place");
    map("cudnnTransformTensor", handle, alpha, xDescriptor, x, beta, yDescriptor, y, [](float value) { return value; });
  });
}

CUDNN_API int cudnnAddTensor(void *handle, const void *alphaPointer, void *aDescriptor, const float *a,
                             const void *betaPointer, void *cDescriptor, float *c) {
  return dnnCall(__func__, [&] {
    const TensorDescriptor addend = tensor(aDescriptor);
    const TensorDescriptor sum = tensor(cDescriptor);
    const std::vector<int> strides = broadcastStrides(addend, sum.dimensions);
    demand(sum.rank() <= 5, "more than five dimensions", DnnStatus::NotSupported);
    const float alpha = factor(alphaPointer);
    const float beta = factor(betaPointer);
    submit("cudnnAddTensor", handle, {{"A", a, addend.bytes()}, {"C", c, sum.bytes()}}, [=] {
      forEach(sum.dimensions, {&strides, &sum.strides},
              [&](const std::vector<std::size_t> &at) { blend(c[at[1]], alpha, a[at[0]], beta); });
    });
  });
}

CUDNN_API int cudnnSetTensor(void *handle, void *descriptor, float *y, const void *valuePointer) {
  return dnnCall(__func__, [&] {
    const TensorDescriptor output = tensor(descriptor);
    const float value = factor(valuePointer);
    submit("cudnnSetTensor", handle, {{"y", y, output.bytes()}}, [=] {
      forEach(output.dimensions, {&output.strides}, [&](const std::vector<std::size_t> &at) { y[at[0]] = value; });
    });
  });
}

CUDNN_API int cudnnScaleTensor(void *handle, void *descriptor, float *y, const void *alphaPointer) {
  return dnnCall(__func__, [&] {
    const TensorDescriptor output = tensor(descriptor);
    const float alpha = factor(alphaPointer);
    submit("cudnnScaleTensor", handle, {{"y", y, output.bytes()}}, [=] {
      forEach(output.dimensions, {&output.strides}, [&](const std::vector<std::size_t> &at) { y[at[0]] *= alpha; });
    });
  });
}

CUDNN_API int cudnnCreateOpTensorDescriptor(void **descriptor) {
  return createDescriptor<OpTensorDescriptor>(__func__, descriptor);
}

CUDNN_API int cudnnDestroyOpTensorDescriptor(void *descriptor) {
  return destroyDescriptor<OpTensorDescriptor>(__func__, descriptor);
}

CUDNN_API int cudnnSetOpTensorDescriptor(void *descriptor, int operation, int computeType, int nan) {
  return dnnCall(__func__, [&] {
    demand(operation >= 0 && operation <= 5 && (nan == 0 || nan == 1), "no such operation");
    OpTensorDescriptor &found = Live<OpTensorDescriptor>::get(descriptor);
    found.operation = static_cast<OpTensorDescriptor::Operation>(operation);
    found.computeType = static_cast<DataType>(computeType);
    found.propagatesNan = nan == 1;
  });
}

CUDNN_API int cudnnGetOpTensorDescriptor(void *descriptor, int *operation, int *computeType, int *nan) {
  return dnnCall(__func__, [&] {
    const OpTensorDescriptor &found = Live<OpTensorDescriptor>::get(descriptor);
    put(operation, found.operation);
    put(computeType, found.computeType);
    put(nan, found.propagatesNan ? 1 : 0);
  });
}

CUDNN_API int cudnnOpTensor(void *handle, void *descriptor, const void *alpha1, void *aDescriptor, const float *a,
                            const void *alpha2, void *bDescriptor, const float *b, const void *betaPointer,
                            void *cDescriptor, float *c) {
  return dnnCall(__func__, [&] {
    const OpTensorDescriptor operation = Live<OpTensorDescriptor>::get(descriptor);
    using Operation = OpTensorDescriptor::Operation;
    demand(operation.operation != Operation::Unset, "an operation that was not set");
    demand(operation.computeType == DataType::Float, "an operation that does not compute in float32",
           DnnStatus::NotSupported);
    const TensorDescriptor left = tensor(aDescriptor);
    const TensorDescriptor result = tensor(cDescriptor);
    requireSameDimensions(left, result);
    requireInPlace(a, left, c, result);
    const bool unary = operation.operation == Operation::Sqrt || operation.operation == Operation::Not;
    const TensorDescriptor right = unary ? left : tensor(bDescriptor);
    const std::vector<int> strides = broadcastStrides(right, result.dimensions);
    const float factorA = factor(alpha1);
    const float factorB = unary ? 0 : factor(alpha2);
    const float beta = factor(betaPointer);
    const float *second = unary ? a : b;
    submit("cudnnOpTensor", handle,
           {{"A", a, left.bytes()}, {"B", second, right.bytes()}, {"C", c, result.bytes()}}, [=] {
             forEach(result.dimensions, {&left.strides, &strides, &result.strides},
                     [&](const std::vector<std::size_t> &at) {
                       blend(c[at[2]], 1, combine(operation, factorA * a[at[0]], factorB * second[at[1]]), beta);
                     });
           });
  });
}
