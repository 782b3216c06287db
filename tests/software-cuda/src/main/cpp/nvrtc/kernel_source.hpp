// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

namespace software_cuda {

/** A kernel that was found in a source. */
struct FoundKernel {
  std::string name;
  /** The first argument of __launch_bounds__, as written; empty where there is none. */
  std::string maxThreads;
};

/** C++ for the host's compiler, made of preprocessed CUDA C++, and what was found in it. */
struct RewrittenSource {
  std::string text;
  /** Those of C linkage that are no templates: what cuModuleGetFunction finds by name. */
  std::vector<FoundKernel> kernels;
};

/**
 * Rewrites what macros cannot: __global__, __launch_bounds__, __shared__, and dynamic shared memory, an array of
 * unknown size in CUDA and here a pointer to the module's own. Keeps every line where it is.
 */
RewrittenSource rewrite(const std::string &preprocessed);

}  // namespace software_cuda
