// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The driver's compiler of PTX. It reads no PTX: it knows the texts that are shipped, each by all its characters, and
// compiles the CUDA C++ that they were made of. The driver checks that what comes out has the kernels and parameters
// that the text declares.

#include "../common/jit.hpp"

#include <map>
#include <mutex>

#include "../common/image.hpp"
#include "known_kernels.hpp"
#include "object_cache.hpp"

namespace software_cuda {
namespace {

/** Counts up when the same sources come to be compiled otherwise. */
constexpr char kFormat[] = "software CUDA JIT 1";

/** The options of Pointwise's kernels, as NVRTC gets them. */
Options optionsOf(const KnownKernel &kernel) {
  std::string unknown;
  std::vector<std::string> arguments = {"--std=c++17", "--fmad=true", "--gpu-architecture=compute_75"};
  arguments.insert(arguments.end(), kernel.defines.begin(), kernel.defines.end());
  return parseOptions(arguments, unknown).value();
}

std::uint64_t keyOf(const std::string &ptx, const KnownKernel &kernel) {
  std::string all = kFormat + compiledBeside() + ptx + kernel.source.text;
  for (const auto &[name, text] : kernel.source.headers) all += name + text;
  return hashOf(all.data(), all.size());
}

JitResult compileAnew(const std::string &ptx, const std::string &folder) {
  const auto kernel = sourceOf(ptx, folder);
  if (!kernel) {
    return {false, "", "the software CUDA knows no PTX but the files in " + (folder.empty() ? "no folder" : folder) +
                           ", and this is none of them"};
  }
  const ObjectCache cache;
  const std::uint64_t key = keyOf(ptx, *kernel);
  const std::string kept = cache.find(key);
  if (!kept.empty()) return {true, kept, ""};
  const Compiled compiled = compile(kernel->source, optionsOf(*kernel));
  if (compiled.ok) cache.keep(key, compiled.object);
  return {compiled.ok, compiled.object, compiled.log};
}

}  // namespace
}  // namespace software_cuda

extern "C" __attribute__((visibility("default"))) void softwareCudaJit(const std::string &ptx,
                                                                       const std::string &folder,
                                                                       software_cuda::JitResult &result) {
  using software_cuda::JitResult;
  static std::mutex &lock = *new std::mutex;
  static auto &objects = *new std::map<std::pair<std::string, std::string>, JitResult>;
  const std::lock_guard<std::mutex> locked(lock);
  JitResult &known = objects[{folder, ptx}];
  if (!known.ok) known = software_cuda::compileAnew(ptx, folder);
  result = known;
}
