// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Modules, their functions and variables, and launches.

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>

#include "api.hpp"
#include "copy.hpp"
#include "device.hpp"
#include "grid.hpp"
#include "module.hpp"
#include "registry.hpp"

using namespace software_cuda;

namespace {

LoadedModule &moduleOf(void *handle) { return Registry<LoadedModule>::instance().get(handle, "module"); }

Function &functionOf(void *handle) { return Registry<Function>::instance().get(handle, "function"); }

void load(Context &context, void **module, const void *image) {
  require(module != nullptr, Status::InvalidValue, "no place for the module");
  context.refuseDuringCapture();
  *module = &Registry<LoadedModule>::instance().create(context, image);
}

/** Where a caller of cuModuleLoadDataEx wants to be told what is wrong with a text. */
class ErrorLog {
 public:
  ErrorLog(unsigned count, const int *options, void *const *values) {
    for (unsigned index = 0; index < count; index++) {
      if (options[index] == 5) buffer_ = static_cast<char *>(values[index]);  // ERROR_LOG_BUFFER
      // ERROR_LOG_BUFFER_SIZE_BYTES: a number in the place of a pointer
      if (options[index] == 6) bytes_ = static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(values[index]));
    }
  }

  void write(const std::string &text) const {
    if (buffer_ == nullptr || bytes_ == 0) return;
    buffer_[text.copy(buffer_, bytes_ - 1)] = 0;
  }

 private:
  char *buffer_ = nullptr;
  unsigned bytes_ = 0;
};

/** By the numbers of CUfunction_attribute. */
int attributeOf(const Function &function, int attribute) {
  switch (attribute) {
    case 0:  // MAX_THREADS_PER_BLOCK
      return static_cast<int>(function.kernel.maxThreads == 0 ? kMaxThreads : function.kernel.maxThreads);
    case 1:  // SHARED_SIZE_BYTES: of the whole module, an upper bound
      return static_cast<int>(function.module.table->staticShared.bytes);
    case 4:  // NUM_REGS: nothing here knows
      return 32;
    case 5:  // PTX_VERSION
    case 6:  // BINARY_VERSION
      return 10 * kComputeMajor + kComputeMinor;
    case 8:  // MAX_DYNAMIC_SHARED_SIZE_BYTES
      return static_cast<int>(function.maxDynamicShared);
    case 2:  // CONST_SIZE_BYTES
    case 3:  // LOCAL_SIZE_BYTES: nothing here knows
    case 7:  // CACHE_MODE_CA
      return 0;
    case 9:  // PREFERRED_SHARED_MEMORY_CARVEOUT: the driver's choice
      return -1;
    default:
      fail(Status::InvalidValue, "no such attribute of a function");
  }
}

int activeBlocks(const Function &function, int threads, std::size_t dynamicShared) {
  require(threads > 0, Status::InvalidValue, "a block of no threads");
  if (static_cast<unsigned>(threads) > kMaxThreads || dynamicShared > function.maxDynamicShared) return 0;
  const unsigned warps = (static_cast<unsigned>(threads) + kWarpSize - 1) / kWarpSize;
  const std::size_t shared = function.module.table->staticShared.bytes + dynamicShared;
  const std::size_t byThreads = kThreadsPerMultiprocessor / (warps * kWarpSize);
  const std::size_t byShared = shared == 0 ? kBlocksPerMultiprocessor : kSharedPerMultiprocessor / shared;
  return static_cast<int>(std::min<std::size_t>({kBlocksPerMultiprocessor, byThreads, byShared}));
}

/** The arguments of a launch that gives them in one buffer, as CU_LAUNCH_PARAM_… pairs say. */
Arguments argumentsIn(const Kernel &kernel, void **extra) {
  void *const end = nullptr;
  void *const bufferPointer = reinterpret_cast<void *>(1);
  void *const bufferSize = reinterpret_cast<void *>(2);
  const void *buffer = nullptr;
  std::size_t bytes = 0;
  for (; *extra != end; extra += 2) {
    if (extra[0] == bufferPointer) buffer = extra[1];
    if (extra[0] == bufferSize) bytes = *static_cast<std::size_t *>(extra[1]);
  }
  require(buffer != nullptr, Status::InvalidValue, "no buffer of arguments");
  return Arguments(kernel, buffer, bytes);
}

}  // namespace

CUDA_API cuModuleLoadData(void **module, const void *image) {
  return callInContext(__func__, [&](Context &context) { load(context, module, image); });
}

CUDA_API cuModuleLoadDataEx(void **module, const void *image, unsigned count, int *options, void **values) {
  return callInContext(__func__, [&](Context &context) {
    require(count == 0 || (options != nullptr && values != nullptr), Status::InvalidValue, "no options, or no values");
    const ErrorLog log(count, options, values);
    try {
      load(context, module, image);
    } catch (const Failure &failure) {
      log.write(failure.what());
      throw;
    }
  });
}

CUDA_API cuModuleLoadFatBinary(void **module, const void *image) { return cuModuleLoadData(module, image); }

CUDA_API cuModuleLoad(void **module, const char *path) {
  return callInContext(__func__, [&](Context &context) {
    require(path != nullptr, Status::InvalidValue, "no file");
    std::ifstream file(path, std::ios::binary);
    require(file.good(), Status::FileNotFound, "the file cannot be read");
    // A zero follows, as behind a text that is loaded from memory.
    const std::string image{std::istreambuf_iterator<char>(file), {}};
    load(context, module, image.c_str());
  });
}

CUDA_API cuModuleUnload(void *handle) {
  return callInContext(__func__, [&](Context &context) {
    LoadedModule &module = moduleOf(handle);
    context.refuseDuringCapture();
    context.finishAll();
    Registry<Function>::instance().destroyIf([&](const Function &function) { return &function.module == &module; });
    Registry<LoadedModule>::instance().destroy(&module);
  });
}

CUDA_API cuModuleGetLoadingMode(int *mode) {
  return call(__func__, [&] { give(mode, 1); });
}

CUDA_API cuModuleGetFunction(void **function, void *handle, const char *name) {
  return callInContext(__func__, [&](Context &) {
    LoadedModule &module = moduleOf(handle);
    require(function != nullptr && name != nullptr, Status::InvalidValue, "no place for the function, or no name");
    const Kernel *begin = module.table->kernels;
    const Kernel *end = begin + module.table->kernelCount;
    const Kernel *kernel =
        std::find_if(begin, end, [&](const Kernel &known) { return std::string(known.name) == name; });
    if (kernel == end) fail(Status::NotFound, std::string("no kernel of C linkage is called ") + name);
    const Function *known = Registry<Function>::instance().findIf(
        [&](const Function &candidate) { return &candidate.kernel == kernel; });
    *function = known != nullptr ? const_cast<Function *>(known)
                                 : &Registry<Function>::instance().create(module, *kernel);
  });
}

CUDA_API cuModuleGetGlobal_v2(Address *address, std::size_t *bytes, void *handle, const char *name) {
  return callInContext(__func__, [&](Context &context) {
    require(name != nullptr, Status::InvalidValue, "no name");
    const Range variable = moduleOf(handle).variable(name);
    require(variable.bytes > 0, Status::NotFound, "the module has no such variable");
    deviceMemory().addVariable(variable.begin, variable.bytes, &context);
    if (address != nullptr) *address = variable.begin;
    if (bytes != nullptr) *bytes = variable.bytes;
  });
}

CUDA_API cuFuncGetModule(void **module, void *function) {
  return callInContext(__func__, [&](Context &) {
    require(module != nullptr, Status::InvalidValue, "no place for the module");
    *module = &functionOf(function).module;
  });
}

CUDA_API cuFuncGetAttribute(int *value, int attribute, void *function) {
  return callInContext(__func__, [&](Context &) { give(value, attributeOf(functionOf(function), attribute)); });
}

CUDA_API cuFuncSetAttribute(void *handle, int attribute, int value) {
  return callInContext(__func__, [&](Context &) {
    Function &function = functionOf(handle);
    if (attribute == 9) return;  // PREFERRED_SHARED_MEMORY_CARVEOUT: a hint
    require(attribute == 8, Status::InvalidValue, "the attribute cannot be set");
    const std::size_t limit = kSharedPerBlockOptIn - function.module.table->staticShared.bytes;
    require(value >= 0 && static_cast<std::size_t>(value) <= limit, Status::InvalidValue,
            "more shared memory than a block can have");
    function.maxDynamicShared = static_cast<std::size_t>(value);
  });
}

CUDA_API cuFuncSetCacheConfig(void *function, int) {
  return callInContext(__func__, [&](Context &) { functionOf(function); });
}

CUDA_API cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, void *function, int threads,
                                                     std::size_t dynamicShared) {
  return callInContext(__func__,
                       [&](Context &) { give(blocks, activeBlocks(functionOf(function), threads, dynamicShared)); });
}

CUDA_API cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int *blocks, void *function, int threads,
                                                              std::size_t dynamicShared, unsigned) {
  return cuOccupancyMaxActiveBlocksPerMultiprocessor(blocks, function, threads, dynamicShared);
}

CUDA_API cuOccupancyMaxPotentialBlockSize(int *minGrid, int *threads, void *handle,
                                          std::size_t (*sharedForBlock)(int), std::size_t dynamicShared, int limit) {
  return callInContext(__func__, [&](Context &) {
    const Function &function = functionOf(handle);
    int best = 0;
    int bestThreads = 0;
    const int most = limit > 0 ? std::min(limit, attributeOf(function, 0)) : attributeOf(function, 0);
    for (int size = most; size > 0; size -= size % kWarpSize == 0 ? kWarpSize : size % kWarpSize) {
      const std::size_t shared = sharedForBlock == nullptr ? dynamicShared : sharedForBlock(size);
      const int active = activeBlocks(function, size, shared);
      if (active * size > best * bestThreads) {
        best = active;
        bestThreads = size;
      }
    }
    give(minGrid, best * kMultiprocessors);
    give(threads, bestThreads);
  });
}

CUDA_API cuLaunchKernel(void *handle, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,
                        unsigned blockZ, unsigned dynamicShared, void *stream, void **arguments, void **extra) {
  return callInContext(__func__, [&](Context &context) {
    const Function &function = functionOf(handle);
    const Launch launch{{gridX, gridY, gridZ}, {blockX, blockY, blockZ}, dynamicShared};
    check(function, launch);
    require(arguments == nullptr || extra == nullptr, Status::InvalidValue, "arguments are given in two ways");
    const Arguments copied =
        extra != nullptr ? argumentsIn(function.kernel, extra) : Arguments(function.kernel, arguments);
    context.submit(context.stream(stream), Task{Work::Kernel, std::string("kernel ") + function.kernel.name, 0, [=] {
                                                  // A graph may outlive the module.
                                                  run(functionOf(handle), launch, copied);
                                                }});
  });
}
