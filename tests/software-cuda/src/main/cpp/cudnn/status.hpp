// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdexcept>
#include <string>

namespace software_cuda {

/** cudnnStatus_t of cuDNN 9, with its documented values. */
enum class DnnStatus : int {
  Success = 0,
  NotInitialized = 1001,
  BadParam = 2000,
  NotSupported = 3000,
  InternalError = 4000,
  AllocFailed = 4003,
  ExecutionFailed = 5000,
};

/** A call that ends with a status other than success. */
class DnnFailure : public std::runtime_error {
 public:
  DnnFailure(DnnStatus status, const std::string &why) : std::runtime_error(why), status(status) {}

  const DnnStatus status;
};

inline void demand(bool condition, const char *why, DnnStatus status = DnnStatus::BadParam) {
  if (!condition) throw DnnFailure(status, why);
}

}  // namespace software_cuda
