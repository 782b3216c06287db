// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "../nvrtc/host_compiler.hpp"

namespace software_cuda {

/** The CUDA C++ that a text in PTX was made of, as its file name says. */
struct KnownKernel {
  Source source;
  /** Such as "-DINDEX=int". */
  std::vector<std::string> defines;
};

/**
 * Looks in FOLDER/ptx for a file with exactly this text. Its name is that of the kernel with its defines,
 * kernel+NAME=VALUE+….ptx, and FOLDER/kernels has kernel.cu and what that includes. Nothing where there is none.
 */
std::optional<KnownKernel> sourceOf(const std::string &ptx, const std::filesystem::path &folder);

}  // namespace software_cuda
