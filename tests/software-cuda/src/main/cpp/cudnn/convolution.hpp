// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "window.hpp"

namespace software_cuda {

/** The operands of a forward convolution or of its gradient for the input: in both, x is the larger side's tensor. */
struct ConvolutionShape {
  TensorDescriptor x;
  FilterDescriptor w;
  ConvolutionDescriptor convolution;
  TensorDescriptor y;

  int outputChannelsOfGroup() const { return w.k() / convolution.groups; }
  std::size_t depth() const {
    return static_cast<std::size_t>(w.c()) * static_cast<std::size_t>(w.h()) * static_cast<std::size_t>(w.w());
  }
  std::size_t outputPixels() const { return static_cast<std::size_t>(y.h()) * static_cast<std::size_t>(y.w()); }
  bool isPointwise() const { return w.h() == 1 && w.w() == 1; }
  bool hasUnitStride() const { return convolution.stride[0] == 1 && convolution.stride[1] == 1; }
  bool hasUnitDilation() const { return convolution.dilation[0] == 1 && convolution.dilation[1] == 1; }
};

/** Fails where y is not what the convolution gives for x. */
ConvolutionShape shapeOf(const void *x, const void *w, const void *convolution, const void *y);

/** y of a convolution without factors, channel by channel as n, k, h, w, of one image and group. */
class ConvolutionKernel {
 public:
  ConvolutionKernel(const ConvolutionShape &shape, const float *weights);

  /** Writes the results of a group of an image: its output channels by its pixels. */
  void forward(const float *x, int image, int group, std::vector<float> &result);

  /** Writes what a group of an image gets back: its input channels by its pixels. */
  void backward(const float *y, int image, int group, std::vector<float> &result);

 private:
  /** Body(row of the patch matrix, output pixel, input row, input column), for what lies inside the input. */
  template <class Body>
  void forEachTap(Body body) const;

  const ConvolutionShape shape_;
  /** Group by group: output channels by depth. */
  std::vector<float> weights_;
  std::vector<float> patches_;
};

/** One entry of what the searches for an algorithm give, laid out as cudnnConvolution…AlgoPerf_t. */
struct AlgorithmPerformance {
  int algorithm;
  int status;
  float milliseconds;
  std::size_t workspace;
  int determinism;
  int mathType;
  int reserved[3];
};

/** What an algorithm needs, as far as the documentation restricts it. */
struct AlgorithmSupport {
  bool supported;
  std::size_t workspace;
  bool deterministic;
};

constexpr int kForwardAlgorithms = 8;
constexpr int kBackwardDataAlgorithms = 6;
constexpr int kImplicitPrecompGemm = 1;

AlgorithmSupport forwardSupport(const ConvolutionShape &shape, int algorithm);
AlgorithmSupport backwardDataSupport(const ConvolutionShape &shape, int algorithm);

/** Fails where the algorithm does not exist or not for this, or has too small a workspace. */
void requireAlgorithm(const AlgorithmSupport &support, const void *workspace, std::size_t bytes);

/** A workspace as an operand; what it held is lost when the call begins. */
void addWorkspace(std::vector<Operand> &operands, void *workspace, std::size_t bytes);
void spoil(void *workspace, std::size_t bytes);

}  // namespace software_cuda
