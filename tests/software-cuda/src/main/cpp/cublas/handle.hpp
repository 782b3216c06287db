// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "../common/driver_link.hpp"

#define CUBLAS_API extern "C" __attribute__((visibility("default")))

namespace software_cuda {

/** cublasStatus_t, with its documented values. */
enum class BlasStatus : int {
  Success = 0,
  NotInitialized = 1,
  AllocFailed = 3,
  InvalidValue = 7,
  ArchMismatch = 8,
  MappingError = 11,
  ExecutionFailed = 13,
  InternalError = 14,
  NotSupported = 15,
};

struct BlasHandle {
  enum class PointerMode : int { Host = 0, Device = 1 };

  void *stream = nullptr;
  PointerMode pointerMode = PointerMode::Host;
  int mathMode = 0;
  int atomicsMode = 0;
  void *workspace = nullptr;
  std::size_t workspaceBytes = 0;

  /** CUBLAS_TF32_TENSOR_OP_MATH, whatever else is allowed. */
  bool allowsTf32() const { return (mathMode & ~16) == 3; }
};

/** The live handle of this address, or null. */
BlasHandle *liveHandle(void *handle);

/** A factor such as alpha: a number that the call reads at once, or where on the device it will be. */
class Scalar {
 public:
  Scalar(const BlasHandle &handle, const float *pointer)
      : device_(handle.pointerMode == BlasHandle::PointerMode::Device ? pointer : nullptr),
        host_(device_ == nullptr && pointer != nullptr ? *pointer : 0.0f),
        given_(pointer != nullptr) {}

  bool isGiven() const { return given_; }
  const float *onDevice() const { return device_; }

  /** Called when the work runs. */
  float value() const { return device_ != nullptr ? *device_ : host_; }

  /** Whether it is known now that it is 0. */
  bool isZero() const { return device_ == nullptr && host_ == 0.0f; }

 private:
  const float *device_;
  float host_;
  bool given_;
};

/** A call that is checked already: its operands, then what it does. */
struct BlasCall {
  const char *name;
  std::vector<Operand> operands;
  std::function<void()> work;
};

/** Queues a call in the handle's stream; the workspace, where there is one, is overwritten as a real library may. */
int submit(const BlasHandle &handle, BlasCall call, std::initializer_list<Scalar> scalars);

/** Bytes from the first to the last element of a column-major matrix of float32. */
std::size_t extent(std::size_t rows, std::size_t columns, std::size_t leadingDimension);

}  // namespace software_cuda
