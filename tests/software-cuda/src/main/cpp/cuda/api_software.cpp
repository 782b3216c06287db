// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// What only a software CUDA has: what it is, what it did, and what the libraries above the driver need of it.

#include "../common/driver_link.hpp"
#include "api.hpp"
#include "copy.hpp"
#include "counters.hpp"
#include "jit.hpp"
#include "memory.hpp"

using namespace software_cuda;

#define SOFTWARE_CUDA_API extern "C" __attribute__((visibility("default")))

namespace {

using Answer = DriverLink::Answer;

bool isLive(const Operand &operand) {
  return operand.bytes == 0 ||
         deviceMemory().holding(reinterpret_cast<Address>(operand.address), operand.bytes) != nullptr;
}

std::string describe(const LibraryCall &call, const Operand &operand) {
  return std::string(call.name) + ": " + operand.name + ", " + std::to_string(operand.bytes) + " bytes at " +
         deviceMemory().locate(reinterpret_cast<Address>(operand.address)) + ", is not inside one live allocation";
}

Answer submit(const LibraryCall &libraryCall) {
  Answer answer = Answer::Refused;
  const int status = callInContext(libraryCall.name, [&](Context &context) {
    for (const Operand &operand : libraryCall.operands) {
      if (isLive(operand)) continue;
      report(describe(libraryCall, operand));
      answer = Answer::BadOperand;
      return;
    }
    const bool cublas = libraryCall.library == LibraryCall::Library::Cublas;
    context.submit(context.stream(libraryCall.stream),
                   Task{cublas ? Work::Cublas : Work::Cudnn, libraryCall.name, 0, [libraryCall] {
                          for (const Operand &operand : libraryCall.operands) {
                            if (!isLive(operand)) fail(Status::IllegalAddress, describe(libraryCall, operand));
                          }
                          libraryCall.work();
                        }});
    (cublas ? counters().cublasCalls : counters().cudnnCalls)++;
    answer = Answer::Queued;
  });
  return status == static_cast<int>(Status::Success) ? answer : Answer::Refused;
}

const DriverLink kLink = {
    submit,
    [] { return callInContext("", [](Context &) {}) == static_cast<int>(Status::Success); },
    [](const void *address, std::size_t bytes) {
      const std::lock_guard<std::recursive_mutex> locked(libraryLock());
      return deviceMemory().holding(reinterpret_cast<Address>(address), bytes) != nullptr;
    },
    [](void *stream) {
      return callInContext("synchronize", [&](Context &context) { context.finish(context.stream(stream)); }) ==
             static_cast<int>(Status::Success);
    },
    [](int change) {
      const std::lock_guard<std::recursive_mutex> locked(libraryLock());
      counters().handles += static_cast<Counters::Count>(change);
    },
    [](int change) {
      const std::lock_guard<std::recursive_mutex> locked(libraryLock());
      counters().descriptors += static_cast<Counters::Count>(change);
    },
    [] {
      const std::lock_guard<std::recursive_mutex> locked(libraryLock());
      counters().compilations++;
    },
    [](const std::string &message) {
      const std::lock_guard<std::recursive_mutex> locked(libraryLock());
      report(message);
    },
};

}  // namespace

/** The version of this software CUDA. That the symbol exists says that no device is behind this driver. */
SOFTWARE_CUDA_API const char *softwareCudaVersion() { return "1"; }

/** Writes the counter of a name, see counters.hpp, and gives 0; 1 where there is none. */
SOFTWARE_CUDA_API int softwareCudaCounter(const char *name, unsigned long long *value) {
  const std::lock_guard<std::recursive_mutex> locked(libraryLock());
  const Counters::Count *count = name == nullptr || value == nullptr ? nullptr : counters().find(name);
  if (count == nullptr) return 1;
  *value = *count;
  return 0;
}

SOFTWARE_CUDA_API void softwareCudaResetCounters() {
  const std::lock_guard<std::recursive_mutex> locked(libraryLock());
  counters().reset();
}

/** Seeds the order in which streams' heads, blocks and threads run. */
SOFTWARE_CUDA_API void softwareCudaSeed(unsigned long long seed) {
  const std::lock_guard<std::recursive_mutex> locked(libraryLock());
  seedRandom(seed);
}

/** Sets how many bytes of device memory there are, for tests of what happens without. */
SOFTWARE_CUDA_API void softwareCudaMemoryLimit(unsigned long long bytes) {
  const std::lock_guard<std::recursive_mutex> locked(libraryLock());
  deviceMemory().setLimit(bytes);
}

/** Sets where the PTX that is shipped and its sources lie, in place of what SOFTWARE_CUDA_KERNELS says. */
SOFTWARE_CUDA_API void softwareCudaKernels(const char *folder) {
  const std::lock_guard<std::recursive_mutex> locked(libraryLock());
  kernelFolder() = folder == nullptr ? "" : folder;
}

/** The latest message about a fault; empty where there was none. Valid until the next one. */
SOFTWARE_CUDA_API const char *softwareCudaLastReport() {
  const std::lock_guard<std::recursive_mutex> locked(libraryLock());
  return lastReport();
}

SOFTWARE_CUDA_API const DriverLink *softwareCudaDriverLink() { return &kLink; }
