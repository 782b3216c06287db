// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Convolutions: forward, with bias and activation, and the gradient for the input.

#include "convolution.hpp"

using namespace software_cuda;

namespace {

/** Calls body(image, channel of y, row, column, value) with every result of the forward convolution. */
template <class Body>
void forEachResult(const ConvolutionShape &shape, const float *x, const float *w, Body body) {
  ConvolutionKernel kernel(shape, w);
  std::vector<float> results;
  for (int image = 0; image < shape.y.n(); image++) {
    for (int group = 0; group < shape.convolution.groups; group++) {
      kernel.forward(x, image, group, results);
      const float *next = results.data();
      for (int k = 0; k < shape.outputChannelsOfGroup(); k++) {
        for (int row = 0; row < shape.y.h(); row++) {
          for (int column = 0; column < shape.y.w(); column++) {
            body(image, group * shape.outputChannelsOfGroup() + k, row, column, *next++);
          }
        }
      }
    }
  }
}

/** A convolution cannot be done in place. */
void refuseOverlap(const float *input, std::size_t inputBytes, const float *output, std::size_t outputBytes) {
  const char *in = reinterpret_cast<const char *>(input);
  const char *out = reinterpret_cast<const char *>(output);
  if (in + inputBytes <= out || out + outputBytes <= in) return;
  driver()->report("a convolution whose output overlaps its input");
  throw DnnFailure(DnnStatus::BadParam, "the output overlaps the input");
}

}  // namespace

CUDNN_API int cudnnConvolutionForward(void *handle, const void *alphaPointer, void *xDescriptor, const float *x,
                                      void *wDescriptor, const float *w, void *descriptor, int algorithm,
                                      void *workspace, std::size_t workspaceBytes, const void *betaPointer,
                                      void *yDescriptor, float *y) {
  openPart("cnn");
  return dnnCall(__func__, [&] {
    const ConvolutionShape shape = shapeOf(xDescriptor, wDescriptor, descriptor, yDescriptor);
    const float alpha = factor(alphaPointer);
    const float beta = factor(betaPointer);
    requireAlgorithm(forwardSupport(shape, algorithm), workspace, workspaceBytes);
    refuseOverlap(x, shape.x.bytes(), y, shape.y.bytes());
    std::vector<Operand> operands = {{"x", x, shape.x.bytes()}, {"w", w, shape.w.bytes()}, {"y", y, shape.y.bytes()}};
    addWorkspace(operands, workspace, workspaceBytes);
    submit("cudnnConvolutionForward", handle, std::move(operands), [=] {
      spoil(workspace, workspaceBytes);
      forEachResult(shape, x, w, [&](int image, int k, int row, int column, float value) {
        blend(y[shape.y.at(image, k, row, column)], alpha, value, beta);
      });
    });
  });
}

CUDNN_API int cudnnConvolutionBiasActivationForward(
    void *handle, const void *alphaPointer, void *xDescriptor, const float *x, void *wDescriptor, const float *w,
    void *descriptor, int algorithm, void *workspace, std::size_t workspaceBytes, const void *addendFactorPointer,
    void *zDescriptor, const float *z, void *biasDescriptor, const float *bias, void *activationDescriptor,
    void *yDescriptor, float *y) {
  openPart("cnn");
  return dnnCall(__func__, [&] {
    using Mode = ActivationDescriptor::Mode;
    const ConvolutionShape shape = shapeOf(xDescriptor, wDescriptor, descriptor, yDescriptor);
    const float alpha = factor(alphaPointer);
    const float addendFactor = factor(addendFactorPointer);
    const ActivationDescriptor activation = Live<ActivationDescriptor>::get(activationDescriptor);
    demand(activation.mode == Mode::Relu || activation.mode == Mode::Identity,
           "an activation that is neither ReLU nor the identity", DnnStatus::NotSupported);
    demand(activation.mode == Mode::Relu || algorithm == kImplicitPrecompGemm,
           "the identity with another algorithm than IMPLICIT_PRECOMP_GEMM", DnnStatus::NotSupported);
    requireAlgorithm(forwardSupport(shape, algorithm), workspace, workspaceBytes);
    const TensorDescriptor biases = tensor4d(biasDescriptor);
    demand(biases.dimensions == std::vector<int>({1, shape.w.k(), 1, 1}), "a bias that is not 1 × channels × 1 × 1");
    const TensorDescriptor addend = tensor4d(zDescriptor);
    demand(addend.dimensions == shape.y.dimensions, "an addend with other dimensions than the output");
    refuseOverlap(x, shape.x.bytes(), y, shape.y.bytes());
    demand(z != y || addend.strides == shape.y.strides, "an addend in place with other strides than the output");
    std::vector<Operand> operands = {{"x", x, shape.x.bytes()},
                                     {"w", w, shape.w.bytes()},
                                     {"the bias", bias, biases.bytes()},
                                     {"y", y, shape.y.bytes()}};
    if (addendFactor != 0) operands.push_back({"z", z, addend.bytes()});
    addWorkspace(operands, workspace, workspaceBytes);
    submit("cudnnConvolutionBiasActivationForward", handle, std::move(operands), [=] {
      spoil(workspace, workspaceBytes);
      forEachResult(shape, x, w, [&](int image, int k, int row, int column, float value) {
        float sum = alpha * value + bias[biases.at(0, k, 0, 0)];
        if (addendFactor != 0) sum += addendFactor * z[addend.at(image, k, row, column)];
        y[shape.y.at(image, k, row, column)] = activation.mode == Mode::Identity ? sum : activation.apply(sum);
      });
    });
  });
}

CUDNN_API int cudnnConvolutionBackwardData(void *handle, const void *alphaPointer, void *wDescriptor, const float *w,
                                           void *dyDescriptor, const float *dy, void *descriptor, int algorithm,
                                           void *workspace, std::size_t workspaceBytes, const void *betaPointer,
                                           void *dxDescriptor, float *dx) {
  openPart("cnn");
  return dnnCall(__func__, [&] {
    const ConvolutionShape shape = shapeOf(dxDescriptor, wDescriptor, descriptor, dyDescriptor);
    const float alpha = factor(alphaPointer);
    const float beta = factor(betaPointer);
    requireAlgorithm(backwardDataSupport(shape, algorithm), workspace, workspaceBytes);
    refuseOverlap(dy, shape.y.bytes(), dx, shape.x.bytes());
    std::vector<Operand> operands = {
        {"w", w, shape.w.bytes()}, {"dy", dy, shape.y.bytes()}, {"dx", dx, shape.x.bytes()}};
    addWorkspace(operands, workspace, workspaceBytes);
    submit("cudnnConvolutionBackwardData", handle, std::move(operands), [=] {
      spoil(workspace, workspaceBytes);
      ConvolutionKernel kernel(shape, w);
      std::vector<float> results;
      for (int image = 0; image < shape.x.n(); image++) {
        for (int group = 0; group < shape.convolution.groups; group++) {
          kernel.backward(dy, image, group, results);
          const float *next = results.data();
          for (int c = group * shape.w.c(); c < (group + 1) * shape.w.c(); c++) {
            for (int row = 0; row < shape.x.h(); row++) {
              for (int column = 0; column < shape.x.w(); column++) {
                blend(dx[shape.x.at(image, c, row, column)], alpha, *next++, beta);
              }
            }
          }
        }
      }
    });
  });
}
