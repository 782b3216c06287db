// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Initialisation, contexts and which one is current.

#include <cstdlib>
#include <vector>

#include "api.hpp"
#include "counters.hpp"
#include "registry.hpp"

namespace software_cuda {
namespace {

bool initialized = false;

struct Primary {
  Context *context = nullptr;
  unsigned retained = 0;
  unsigned flags = 0;
};

Primary primary;

thread_local std::vector<Context *> current;

constexpr int kLeastPriority = 0;
constexpr int kGreatestPriority = -5;

void destroy(Context &context) {
  try {
    context.finishAll();
  } catch (const Failure &) {
    // A context that failed is destroyed like any other.
  }
  context.destroyContents();
  Registry<Context>::instance().destroy(&context);
}

void requireDevice(int device) { require(device == 0, Status::InvalidDevice, "there is one device, 0"); }

Context *liveOrNull(void *handle) {
  return handle == nullptr ? nullptr : &Registry<Context>::instance().get(handle, "context");
}

}  // namespace

std::recursive_mutex &libraryLock() {
  static std::recursive_mutex &lock = *new std::recursive_mutex;
  return lock;
}

bool isInitialized() { return initialized; }

bool &insideHostFunction() {
  thread_local bool inside = false;
  return inside;
}

Context &currentContextEvenFailed() {
  require(!current.empty() && current.back() != nullptr, Status::InvalidContext,
          "no context is current to this thread");
  require(Registry<Context>::instance().contains(current.back()), Status::ContextIsDestroyed,
          "the context that is current to this thread was destroyed");
  return *current.back();
}

Context &currentContext() {
  Context &context = currentContextEvenFailed();
  if (context.error != Status::Success) fail(context.error, "an earlier operation of this context failed");
  return context;
}

bool isVerbose() {
  static const bool verbose = std::getenv("SOFTWARE_CUDA_VERBOSE") != nullptr;
  return verbose;
}

void complain(const char *function, const Failure &failure) {
  if (!isVerbose() || failure.status == Status::NotReady) return;
  report(std::string(function) + ": " + nameOf(static_cast<int>(failure.status)) + ": " + failure.what());
}

}  // namespace software_cuda

using namespace software_cuda;

CUDA_API cuInit(unsigned flags) {
  const std::lock_guard<std::recursive_mutex> locked(libraryLock());
  if (flags != 0) return static_cast<int>(Status::InvalidValue);
  initialized = true;
  return static_cast<int>(Status::Success);
}

CUDA_API cuDriverGetVersion(int *version) {
  if (version == nullptr) return static_cast<int>(Status::InvalidValue);
  *version = 12060;
  return static_cast<int>(Status::Success);
}

CUDA_API cuGetErrorName(int status, const char **name) {
  if (name == nullptr) return static_cast<int>(Status::InvalidValue);
  *name = nameOf(status);
  return static_cast<int>(*name == nullptr ? Status::InvalidValue : Status::Success);
}

CUDA_API cuGetErrorString(int status, const char **sentence) {
  if (sentence == nullptr) return static_cast<int>(Status::InvalidValue);
  *sentence = describe(status);
  return static_cast<int>(*sentence == nullptr ? Status::InvalidValue : Status::Success);
}

CUDA_API cuDevicePrimaryCtxRetain(void **context, int device) {
  return call(__func__, [&] {
    requireDevice(device);
    require(context != nullptr, Status::InvalidValue, "no place for the result");
    if (primary.context == nullptr) primary.context = &Registry<Context>::instance().create(primary.flags);
    primary.retained++;
    *context = primary.context;
  });
}

CUDA_API cuDevicePrimaryCtxRelease_v2(int device) {
  return call(__func__, [&] {
    requireDevice(device);
    require(primary.retained > 0, Status::InvalidContext, "the primary context was released more often than retained");
    if (--primary.retained > 0) return;
    destroy(*primary.context);
    primary.context = nullptr;
  });
}

CUDA_API cuDevicePrimaryCtxReset_v2(int device) {
  return call(__func__, [&] {
    requireDevice(device);
    if (primary.context == nullptr) return;
    destroy(*primary.context);
    primary.context = nullptr;
    primary.retained = 0;
  });
}

CUDA_API cuDevicePrimaryCtxGetState(int device, unsigned *flags, int *active) {
  return call(__func__, [&] {
    requireDevice(device);
    give(flags, primary.flags);
    give(active, primary.context != nullptr ? 1 : 0);
  });
}

CUDA_API cuDevicePrimaryCtxSetFlags_v2(int device, unsigned flags) {
  return call(__func__, [&] {
    requireDevice(device);
    primary.flags = flags;
  });
}

CUDA_API cuCtxCreate_v2(void **context, unsigned flags, int device) {
  return call(__func__, [&] {
    requireDevice(device);
    require(context != nullptr, Status::InvalidValue, "no place for the result");
    *context = &Registry<Context>::instance().create(flags);
    current.push_back(static_cast<Context *>(*context));
  });
}

CUDA_API cuCtxDestroy_v2(void *handle) {
  return call(__func__, [&] {
    Context *context = liveOrNull(handle);
    require(context != nullptr && context != primary.context, Status::InvalidContext,
            "no context, or the primary one, which is released instead");
    destroy(*context);
    if (!current.empty() && current.back() == context) current.pop_back();
  });
}

CUDA_API cuCtxPushCurrent_v2(void *handle) {
  return call(__func__, [&] {
    require(handle != nullptr, Status::InvalidContext, "a null context");
    current.push_back(liveOrNull(handle));
  });
}

CUDA_API cuCtxPopCurrent_v2(void **context) {
  return call(__func__, [&] {
    require(!current.empty(), Status::InvalidContext, "no context is current to this thread");
    if (context != nullptr) *context = current.back();
    current.pop_back();
  });
}

CUDA_API cuCtxSetCurrent(void *handle) {
  return call(__func__, [&] {
    Context *context = liveOrNull(handle);
    if (!current.empty()) current.pop_back();
    if (context != nullptr) current.push_back(context);
  });
}

CUDA_API cuCtxGetCurrent(void **context) {
  return call(__func__, [&] {
    require(context != nullptr, Status::InvalidValue, "no place for the result");
    *context = current.empty() ? nullptr : current.back();
  });
}

CUDA_API cuCtxGetDevice(int *device) {
  return callInContext(__func__, [&](Context &) { give(device, 0); });
}

CUDA_API cuCtxGetFlags(unsigned *flags) {
  return callInContext(__func__, [&](Context &context) { give(flags, context.flags); });
}

CUDA_API cuCtxGetApiVersion(void *handle, unsigned *version) {
  return call(__func__, [&] {
    if (handle != nullptr) liveOrNull(handle);
    give(version, 12060);
  });
}

CUDA_API cuCtxGetStreamPriorityRange(int *least, int *greatest) {
  return callInContext(__func__, [&](Context &) {
    if (least != nullptr) *least = kLeastPriority;
    if (greatest != nullptr) *greatest = kGreatestPriority;
  });
}

CUDA_API cuCtxSynchronize() {
  return callInContext(__func__, [&](Context &context) {
    context.refuseDuringCapture();
    counters().synchronizations++;
    context.finishAll();
  });
}
