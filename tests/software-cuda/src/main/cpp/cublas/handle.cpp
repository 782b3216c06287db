// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Handles: making them, and what they remember.

#include "handle.hpp"

#include <cstdint>
#include <cstring>
#include <mutex>
#include <unordered_set>

namespace software_cuda {
namespace {

constexpr int kVersion = 120603;
constexpr std::uintptr_t kWorkspaceAlignment = 256;

std::mutex &lock() {
  static std::mutex &instance = *new std::mutex;
  return instance;
}

std::unordered_set<void *> &live() {
  static std::unordered_set<void *> &instance = *new std::unordered_set<void *>;
  return instance;
}

int code(BlasStatus status) { return static_cast<int>(status); }

/** Runs the body with the live handle of the address. */
template <class Body>
int with(void *handle, Body body) {
  BlasHandle *found = liveHandle(handle);
  return found == nullptr ? code(BlasStatus::NotInitialized) : code(body(*found));
}

template <class T, class V>
BlasStatus give(T *out, V value) {
  if (out == nullptr) return BlasStatus::InvalidValue;
  *out = static_cast<T>(value);
  return BlasStatus::Success;
}

}  // namespace

BlasHandle *liveHandle(void *handle) {
  const std::lock_guard<std::mutex> locked(lock());
  return live().count(handle) == 0 ? nullptr : static_cast<BlasHandle *>(handle);
}

std::size_t extent(std::size_t rows, std::size_t columns, std::size_t leadingDimension) {
  return rows == 0 || columns == 0 ? 0 : (leadingDimension * (columns - 1) + rows) * sizeof(float);
}

int submit(const BlasHandle &handle, BlasCall call, std::initializer_list<Scalar> scalars) {
  for (const Scalar &scalar : scalars) {
    if (scalar.onDevice() != nullptr) call.operands.push_back({"a scalar", scalar.onDevice(), sizeof(float)});
  }
  void *workspace = handle.workspace;
  const std::size_t bytes = handle.workspaceBytes;
  if (bytes > 0) call.operands.push_back({"the workspace", workspace, bytes});
  const auto work = [workspace, bytes, run = std::move(call.work)] {
    if (bytes > 0) std::memset(workspace, 0xFF, bytes);
    run();
  };
  const LibraryCall libraryCall{LibraryCall::Library::Cublas, call.name, handle.stream, std::move(call.operands), work};
  return code(driver()->submit(libraryCall) == DriverLink::Answer::Queued ? BlasStatus::Success
                                                                          : BlasStatus::ExecutionFailed);
}

}  // namespace software_cuda

using namespace software_cuda;

CUBLAS_API int cublasCreate_v2(void **handle) {
  if (handle == nullptr) return code(BlasStatus::InvalidValue);
  if (driver() == nullptr || !driver()->hasContext()) return code(BlasStatus::NotInitialized);
  auto *created = new BlasHandle;
  {
    const std::lock_guard<std::mutex> locked(lock());
    live().insert(created);
  }
  driver()->countHandles(1);
  *handle = created;
  return code(BlasStatus::Success);
}

CUBLAS_API int cublasDestroy_v2(void *handle) {
  return with(handle, [&](BlasHandle &found) {
    {
      const std::lock_guard<std::mutex> locked(lock());
      live().erase(handle);
    }
    driver()->countHandles(-1);
    delete &found;
    return BlasStatus::Success;
  });
}

CUBLAS_API int cublasGetVersion_v2(void *handle, int *version) {
  if (handle != nullptr && liveHandle(handle) == nullptr) return code(BlasStatus::NotInitialized);
  return code(give(version, kVersion));
}

CUBLAS_API int cublasGetProperty(int which, int *value) {
  const int parts[] = {kVersion / 10000, kVersion / 100 % 100, kVersion % 100};
  return code(which < 0 || which > 2 ? BlasStatus::InvalidValue : give(value, parts[which]));
}

CUBLAS_API std::size_t cublasGetCudartVersion() { return 12060; }

CUBLAS_API int cublasSetStream_v2(void *handle, void *stream) {
  return with(handle, [&](BlasHandle &found) {
    found.stream = stream;
    // As documented, a change of stream takes the workspace back to the library's own.
    found.workspace = nullptr;
    found.workspaceBytes = 0;
    return BlasStatus::Success;
  });
}

CUBLAS_API int cublasGetStream_v2(void *handle, void **stream) {
  return with(handle, [&](BlasHandle &found) {
    if (stream == nullptr) return BlasStatus::InvalidValue;
    *stream = found.stream;
    return BlasStatus::Success;
  });
}

CUBLAS_API int cublasSetWorkspace_v2(void *handle, void *workspace, std::size_t bytes) {
  return with(handle, [&](BlasHandle &found) {
    const bool aligned = reinterpret_cast<std::uintptr_t>(workspace) % kWorkspaceAlignment == 0;
    if (!aligned || (bytes > 0 && !driver()->isOnDevice(workspace, bytes))) return BlasStatus::InvalidValue;
    found.workspace = workspace;
    found.workspaceBytes = bytes;
    return BlasStatus::Success;
  });
}

CUBLAS_API int cublasSetPointerMode_v2(void *handle, int mode) {
  return with(handle, [&](BlasHandle &found) {
    if (mode != 0 && mode != 1) return BlasStatus::InvalidValue;
    found.pointerMode = static_cast<BlasHandle::PointerMode>(mode);
    return BlasStatus::Success;
  });
}

CUBLAS_API int cublasGetPointerMode_v2(void *handle, int *mode) {
  return with(handle, [&](BlasHandle &found) { return give(mode, static_cast<int>(found.pointerMode)); });
}

CUBLAS_API int cublasSetMathMode(void *handle, int mode) {
  return with(handle, [&](BlasHandle &found) {
    // DEFAULT, TENSOR_OP, PEDANTIC, TF32, with or without DISALLOW_REDUCED_PRECISION_REDUCTION.
    if ((mode & ~16) < 0 || (mode & ~16) > 3) return BlasStatus::InvalidValue;
    found.mathMode = mode;
    return BlasStatus::Success;
  });
}

CUBLAS_API int cublasGetMathMode(void *handle, int *mode) {
  return with(handle, [&](BlasHandle &found) { return give(mode, found.mathMode); });
}

CUBLAS_API int cublasSetAtomicsMode(void *handle, int mode) {
  return with(handle, [&](BlasHandle &found) {
    if (mode != 0 && mode != 1) return BlasStatus::InvalidValue;
    found.atomicsMode = mode;
    return BlasStatus::Success;
  });
}

CUBLAS_API int cublasGetAtomicsMode(void *handle, int *mode) {
  return with(handle, [&](BlasHandle &found) { return give(mode, found.atomicsMode); });
}

CUBLAS_API const char *cublasGetStatusName(int status) {
  switch (static_cast<BlasStatus>(status)) {
    case BlasStatus::Success:
      return "CUBLAS_STATUS_SUCCESS";
    case BlasStatus::NotInitialized:
      return "CUBLAS_STATUS_NOT_INITIALIZED";
    case BlasStatus::AllocFailed:
      return "CUBLAS_STATUS_ALLOC_FAILED";
    case BlasStatus::InvalidValue:
      return "CUBLAS_STATUS_INVALID_VALUE";
    case BlasStatus::ArchMismatch:
      return "CUBLAS_STATUS_ARCH_MISMATCH";
    case BlasStatus::MappingError:
      return "CUBLAS_STATUS_MAPPING_ERROR";
    case BlasStatus::ExecutionFailed:
      return "CUBLAS_STATUS_EXECUTION_FAILED";
    case BlasStatus::InternalError:
      return "CUBLAS_STATUS_INTERNAL_ERROR";
    case BlasStatus::NotSupported:
      return "CUBLAS_STATUS_NOT_SUPPORTED";
  }
  return "an unknown cuBLAS status";
}

CUBLAS_API const char *cublasGetStatusString(int status) { return cublasGetStatusName(status); }
