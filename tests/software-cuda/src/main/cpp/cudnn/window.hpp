// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "api.hpp"

namespace software_cuda {

/** What a convolution gives for an input: batch, channels, height, width. Fails for operands that do not fit. */
std::vector<int> outputOf(const ConvolutionDescriptor &convolution, const TensorDescriptor &input,
                          const FilterDescriptor &filter);

std::vector<int> outputOf(const PoolingDescriptor &pooling, const TensorDescriptor &input);

/** A convolution descriptor that was set and has two spatial dimensions. */
const ConvolutionDescriptor &convolution(const void *descriptor);

}  // namespace software_cuda
