// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "../common/ptx_text.hpp"
#include "../kernel/interface.h"

namespace software_cuda {

/** Where the shipped PTX and its sources lie; at first what SOFTWARE_CUDA_KERNELS says. */
std::string &kernelFolder();

/** The shared object for a text in PTX; fails as NVIDIA's driver does where the text is not for this device. */
std::string compilePtx(const PtxText &ptx, const std::string &text);

/** Fails unless the module has just the kernels, with just the parameters, that the text declares. */
void requireSame(const PtxText &ptx, const Module &module);

}  // namespace software_cuda
