// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Handles, versions, errors, and what calls share.

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "api.hpp"

namespace software_cuda {
namespace {

constexpr std::size_t kVersion = 90501;

std::string &lastError() {
  static std::string &instance = *new std::string;
  return instance;
}

}  // namespace

std::recursive_mutex &dnnLock() {
  static std::recursive_mutex &lock = *new std::recursive_mutex;
  return lock;
}

void remember(const char *function, const DnnFailure &failure) {
  lastError() = std::string(function) + ": " + failure.what();
  static const bool verbose = std::getenv("SOFTWARE_CUDA_VERBOSE") != nullptr;
  if (verbose && driver() != nullptr) driver()->report(lastError());
}

void openPart(const char *part) {
  const std::string name = std::string("libcudnn_") + part + ".so.9";
  if (dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr) return;
  std::fprintf(stderr, "Unable to load %s: %s\n", name.c_str(), dlerror());
  std::abort();
}

const TensorDescriptor &tensor(const void *descriptor) {
  const TensorDescriptor &found = Live<TensorDescriptor>::get(descriptor);
  demand(found.isSet(), "a tensor descriptor that was not set");
  demand(found.type == DataType::Float, "a tensor that is not float32", DnnStatus::NotSupported);
  return found;
}

const TensorDescriptor &tensor4d(const void *descriptor) {
  const TensorDescriptor &found = tensor(descriptor);
  demand(found.rank() == 4, "a tensor that has not four dimensions", DnnStatus::NotSupported);
  return found;
}

const FilterDescriptor &filter(const void *descriptor) {
  const FilterDescriptor &found = Live<FilterDescriptor>::get(descriptor);
  demand(found.isSet(), "a filter descriptor that was not set");
  demand(found.type == DataType::Float, "a filter that is not float32", DnnStatus::NotSupported);
  demand(found.dimensions.size() == 4, "a filter that has not four dimensions", DnnStatus::NotSupported);
  return found;
}

float factor(const void *pointer) {
  demand(pointer != nullptr, "a null factor");
  return *static_cast<const float *>(pointer);
}

void submit(const char *name, const void *handle, std::vector<Operand> operands, std::function<void()> work) {
  const DnnHandle &found = Live<DnnHandle>::get(handle);
  for (const Operand &operand : operands) demand(operand.address != nullptr, "a null pointer to device memory");
  const LibraryCall call{LibraryCall::Library::Cudnn, name, found.stream, std::move(operands), std::move(work)};
  demand(driver()->submit(call) == DriverLink::Answer::Queued, "an operand is not on the device, or the driver refuses",
         DnnStatus::ExecutionFailed);
}

std::vector<int> broadcastStrides(const TensorDescriptor &tensor, const std::vector<int> &full) {
  demand(tensor.dimensions.size() == full.size(), "tensors of different rank");
  std::vector<int> strides = tensor.strides;
  for (std::size_t axis = 0; axis < full.size(); axis++) {
    demand(tensor.dimensions[axis] == full[axis] || tensor.dimensions[axis] == 1, "dimensions that do not fit");
    if (tensor.dimensions[axis] == 1) strides[axis] = 0;
  }
  return strides;
}

}  // namespace software_cuda

using namespace software_cuda;

CUDNN_API std::size_t cudnnGetVersion() { return kVersion; }

CUDNN_API std::size_t cudnnGetCudartVersion() { return 12060; }

CUDNN_API std::size_t cudnnGetMaxDeviceVersion() { return 900; }

CUDNN_API int cudnnGetProperty(int which, int *value) {
  return dnnCall(__func__, [&] {
    const std::size_t parts[] = {kVersion / 10000, kVersion / 100 % 100, kVersion % 100};
    demand(which >= 0 && which <= 2 && value != nullptr, "no such property");
    *value = static_cast<int>(parts[which]);
  });
}

CUDNN_API const char *cudnnGetErrorString(int status) {
  switch (static_cast<DnnStatus>(status)) {
    case DnnStatus::Success:
      return "CUDNN_STATUS_SUCCESS";
    case DnnStatus::NotInitialized:
      return "CUDNN_STATUS_NOT_INITIALIZED";
    case DnnStatus::BadParam:
      return "CUDNN_STATUS_BAD_PARAM";
    case DnnStatus::NotSupported:
      return "CUDNN_STATUS_NOT_SUPPORTED";
    case DnnStatus::InternalError:
      return "CUDNN_STATUS_INTERNAL_ERROR";
    case DnnStatus::AllocFailed:
      return "CUDNN_STATUS_ALLOC_FAILED";
    case DnnStatus::ExecutionFailed:
      return "CUDNN_STATUS_EXECUTION_FAILED";
  }
  return "CUDNN_UNKNOWN_STATUS";
}

CUDNN_API void cudnnGetLastErrorString(char *message, std::size_t bytes) {
  const std::lock_guard<std::recursive_mutex> locked(dnnLock());
  if (message == nullptr || bytes == 0) return;
  std::snprintf(message, bytes, "%s", lastError().c_str());
  lastError().clear();
}

CUDNN_API int cudnnGraphVersionCheck() { return 0; }

CUDNN_API int cudnnOpsVersionCheck() { return 0; }

CUDNN_API int cudnnCnnVersionCheck() { return 0; }

CUDNN_API int cudnnCreate(void **handle) {
  openPart("graph");
  openPart("ops");
  return dnnCall(__func__, [&] {
    demand(handle != nullptr, "no place for the handle");
    demand(driver() != nullptr && driver()->hasContext(), "no driver, or no context is current",
           DnnStatus::NotInitialized);
    *handle = &Live<DnnHandle>::create();
    driver()->countHandles(1);
  });
}

CUDNN_API int cudnnDestroy(void *handle) {
  return dnnCall(__func__, [&] {
    Live<DnnHandle>::destroy(handle);
    driver()->countHandles(-1);
  });
}

CUDNN_API int cudnnSetStream(void *handle, void *stream) {
  return dnnCall(__func__, [&] { Live<DnnHandle>::get(handle).stream = stream; });
}

CUDNN_API int cudnnGetStream(void *handle, void **stream) {
  return dnnCall(__func__, [&] {
    demand(stream != nullptr, "no place for the stream");
    *stream = Live<DnnHandle>::get(handle).stream;
  });
}
