// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace software_cuda {

/** What came of looking for the source of a text in PTX and compiling it. */
struct JitResult {
  bool ok = false;
  /** The shared object; empty where `ok` is false. */
  std::string object;
  std::string log;
};

/** The library that does it, as NVIDIA's driver has one of this name. */
constexpr char kJitLibrary[] = "libnvidia-ptxjitcompiler.so.1";

/** Its one function. All are built together, so that C++ types may cross. */
constexpr char kJitFunction[] = "softwareCudaJit";
using JitFunction = void (*)(const std::string &ptx, const std::string &folder, JitResult &result);

}  // namespace software_cuda
