// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "status.hpp"

#include <cstdio>

namespace software_cuda {
namespace {

struct Described {
  Status status;
  const char *name;
  const char *sentence;
};

constexpr Described kStatuses[] = {
    {Status::Success, "CUDA_SUCCESS", "no error"},
    {Status::InvalidValue, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {Status::OutOfMemory, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {Status::NotInitialized, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {Status::InvalidDevice, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {Status::InvalidImage, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {Status::InvalidContext, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {Status::NoBinaryForGpu, "CUDA_ERROR_NO_BINARY_FOR_GPU",
     "no kernel image is available for execution on the device"},
    {Status::UnsupportedLimit, "CUDA_ERROR_UNSUPPORTED_LIMIT", "limit is not supported"},
    {Status::PeerAccessUnsupported, "CUDA_ERROR_PEER_ACCESS_UNSUPPORTED",
     "peer access is not supported between these two devices"},
    {Status::InvalidPtx, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {Status::JitCompilerNotFound, "CUDA_ERROR_JIT_COMPILER_NOT_FOUND", "PTX JIT compiler library not found"},
    {Status::UnsupportedPtxVersion, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
     "the provided PTX was compiled with an unsupported toolchain."},
    {Status::FileNotFound, "CUDA_ERROR_FILE_NOT_FOUND", "file not found"},
    {Status::InvalidHandle, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {Status::NotFound, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {Status::NotReady, "CUDA_ERROR_NOT_READY", "device not ready"},
    {Status::IllegalAddress, "CUDA_ERROR_ILLEGAL_ADDRESS",
     "an illegal memory access was encountered"},
    {Status::LaunchOutOfResources, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES",
     "too many resources requested for launch"},
    {Status::PrimaryContextActive, "CUDA_ERROR_PRIMARY_CONTEXT_ACTIVE",
     "the primary context is active"},
    {Status::ContextIsDestroyed, "CUDA_ERROR_CONTEXT_IS_DESTROYED", "context is destroyed"},
    {Status::Assert, "CUDA_ERROR_ASSERT", "device-side assert triggered"},
    {Status::HostMemoryAlreadyRegistered, "CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED",
     "part or all of the requested memory range is already mapped"},
    {Status::HostMemoryNotRegistered, "CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED",
     "pointer does not correspond to a registered memory region"},
    {Status::IllegalInstruction, "CUDA_ERROR_ILLEGAL_INSTRUCTION",
     "an illegal instruction was encountered"},
    {Status::MisalignedAddress, "CUDA_ERROR_MISALIGNED_ADDRESS", "misaligned address"},
    {Status::LaunchFailed, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {Status::NotPermitted, "CUDA_ERROR_NOT_PERMITTED", "operation not permitted"},
    {Status::NotSupported, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {Status::CaptureUnsupported, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED",
     "operation not permitted when stream is capturing"},
    {Status::CaptureInvalidated, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED",
     "operation failed due to a previous error during capture"},
    {Status::CaptureMerge, "CUDA_ERROR_STREAM_CAPTURE_MERGE",
     "operation would result in a merge of separate capture sequences"},
    {Status::CaptureUnmatched, "CUDA_ERROR_STREAM_CAPTURE_UNMATCHED",
     "capture was not ended in the same stream as it began"},
    {Status::CaptureUnjoined, "CUDA_ERROR_STREAM_CAPTURE_UNJOINED",
     "capturing stream has unjoined work"},
    {Status::CaptureIsolation, "CUDA_ERROR_STREAM_CAPTURE_ISOLATION",
     "dependency created on uncaptured work in another stream"},
    {Status::CaptureImplicit, "CUDA_ERROR_STREAM_CAPTURE_IMPLICIT",
     "operation would make the legacy stream depend on a capturing blocking stream"},
    {Status::CapturedEvent, "CUDA_ERROR_CAPTURED_EVENT",
     "operation not permitted on an event last recorded in a capturing stream"},
    {Status::CaptureWrongThread, "CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD",
     "attempt to terminate a thread-local capture sequence from another thread"},
    {Status::Unknown, "CUDA_ERROR_UNKNOWN", "unknown error"},
};

const Described *find(int status) {
  for (const Described &described : kStatuses) {
    if (static_cast<int>(described.status) == status) return &described;
  }
  return nullptr;
}

std::string &latestReport() {
  static std::string &latest = *new std::string;
  return latest;
}

}  // namespace

const char *nameOf(int status) {
  const Described *described = find(status);
  return described == nullptr ? nullptr : described->name;
}

const char *describe(int status) {
  const Described *described = find(status);
  return described == nullptr ? nullptr : described->sentence;
}

void report(const std::string &what) {
  latestReport() = what;
  std::fprintf(stderr, "software CUDA: %s\n", what.c_str());
}

const char *lastReport() { return latestReport().c_str(); }

}  // namespace software_cuda
