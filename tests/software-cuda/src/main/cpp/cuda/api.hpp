// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <mutex>
#include <new>

#include "context.hpp"
#include "status.hpp"

// What every exported function of the driver goes through: one lock, the checks that all calls share, and statuses
// from failures.

#define CUDA_API extern "C" __attribute__((visibility("default"))) int

namespace software_cuda {

/** Guards everything in this library. Work runs under it too, one operation of the process at a time. */
std::recursive_mutex &libraryLock();

bool isInitialized();

/** Whether this thread is inside a host function, where no call of CUDA is allowed. */
bool &insideHostFunction();

/** The context that is current to this thread; fails where there is none or it has failed or been destroyed. */
Context &currentContext();

/** The same, for a call that works with a context that has failed. */
Context &currentContextEvenFailed();

/** Whether a message is to be printed for each call that gives another status than success. */
bool isVerbose();
void complain(const char *function, const Failure &failure);

/** A call that needs cuInit, and maybe a context. */
template <class Body>
int call(const char *function, Body body) {
  // Before the lock, which the thread that waits for the host function holds.
  if (insideHostFunction()) return static_cast<int>(Status::NotPermitted);
  const std::lock_guard<std::recursive_mutex> locked(libraryLock());
  try {
    require(isInitialized(), Status::NotInitialized, "cuInit was not called");
    body();
    return static_cast<int>(Status::Success);
  } catch (const Failure &failure) {
    complain(function, failure);
    return static_cast<int>(failure.status);
  } catch (const std::bad_alloc &) {
    return static_cast<int>(Status::OutOfMemory);
  }
}

template <class Body>
int callInContext(const char *function, Body body) {
  return call(function, [&] { body(currentContext()); });
}

/** Writes a result through a pointer that the caller must give. */
template <class T, class V>
void give(T *out, const V &value) {
  require(out != nullptr, Status::InvalidValue, "no place for the result");
  *out = static_cast<T>(value);
}

}  // namespace software_cuda
