// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "jit.hpp"

#include <dlfcn.h>

#include <cstdlib>

#include "../common/jit.hpp"
#include "counters.hpp"
#include "device.hpp"
#include "status.hpp"

namespace software_cuda {
namespace {

JitFunction jit() {
  static void *const library = dlopen(kJitLibrary, RTLD_NOW | RTLD_LOCAL);
  void *const function = library == nullptr ? nullptr : dlsym(library, kJitFunction);
  require(function != nullptr, Status::JitCompilerNotFound, "libnvidia-ptxjitcompiler.so.1 is not there");
  return reinterpret_cast<JitFunction>(function);
}

/** As PTX calls it. */
std::string typeOf(const Parameter &parameter) {
  return (parameter.isFloat ? ".f" : ".u") + std::to_string(8 * parameter.bytes);
}

std::string declaration(const std::string &name, const std::vector<std::string> &types) {
  std::string text = name + "(";
  for (const std::string &type : types) text += (text.back() == '(' ? "" : ", ") + type;
  return text + ")";
}

std::string declaration(const Kernel &kernel) {
  std::vector<std::string> types;
  for (unsigned index = 0; index < kernel.parameterCount; index++) types.push_back(typeOf(kernel.parameters[index]));
  return declaration(kernel.name, types);
}

}  // namespace

std::string &kernelFolder() {
  static std::string &folder = *new std::string([] {
    const char *named = std::getenv("SOFTWARE_CUDA_KERNELS");
    return named == nullptr ? "" : named;
  }());
  return folder;
}

std::string compilePtx(const PtxText &ptx, const std::string &text) {
  require(ptx.version <= kNewestPtx, Status::UnsupportedPtxVersion, "the PTX is of a newer version than the driver");
  require(ptx.target <= 10 * kComputeMajor + kComputeMinor, Status::NoBinaryForGpu,
          "the PTX is for devices of a higher compute capability");
  JitResult result;
  jit()(text, kernelFolder(), result);
  if (!result.ok) fail(Status::InvalidPtx, result.log);
  counters().ptxCompilations++;
  return result.object;
}

void requireSame(const PtxText &ptx, const Module &module) {
  if (ptx.entries.size() != module.kernelCount) {
    fail(Status::InvalidPtx, "the PTX declares " + std::to_string(ptx.entries.size()) +
                                 " kernels, its source has " + std::to_string(module.kernelCount));
  }
  for (unsigned index = 0; index < module.kernelCount; index++) {
    const std::string declared = declaration(ptx.entries[index].name, ptx.entries[index].parameters);
    const std::string compiled = declaration(module.kernels[index]);
    if (declared != compiled) {
      fail(Status::InvalidPtx, "the PTX declares " + declared + ", its source has " + compiled);
    }
  }
}

}  // namespace software_cuda
