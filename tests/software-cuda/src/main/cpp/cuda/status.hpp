// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdexcept>
#include <string>

namespace software_cuda {

/** The driver's result codes (CUresult) that this library gives, with their documented values. */
enum class Status : int {
  Success = 0,
  InvalidValue = 1,
  OutOfMemory = 2,
  NotInitialized = 3,
  InvalidDevice = 101,
  InvalidImage = 200,
  InvalidContext = 201,
  NoBinaryForGpu = 209,
  UnsupportedLimit = 215,
  PeerAccessUnsupported = 217,
  InvalidPtx = 218,
  JitCompilerNotFound = 221,
  UnsupportedPtxVersion = 222,
  FileNotFound = 301,
  InvalidHandle = 400,
  NotFound = 500,
  NotReady = 600,
  IllegalAddress = 700,
  LaunchOutOfResources = 701,
  PrimaryContextActive = 708,
  ContextIsDestroyed = 709,
  Assert = 710,
  HostMemoryAlreadyRegistered = 712,
  HostMemoryNotRegistered = 713,
  IllegalInstruction = 715,
  MisalignedAddress = 716,
  LaunchFailed = 719,
  NotPermitted = 800,
  NotSupported = 801,
  CaptureUnsupported = 900,
  CaptureInvalidated = 901,
  CaptureMerge = 902,
  CaptureUnmatched = 903,
  CaptureUnjoined = 904,
  CaptureIsolation = 905,
  CaptureImplicit = 906,
  CapturedEvent = 907,
  CaptureWrongThread = 908,
  Unknown = 999,
};

/** A call that ends with a status other than success. */
class Failure : public std::runtime_error {
 public:
  Failure(Status status, const std::string &why) : std::runtime_error(why), status(status) {}

  const Status status;
};

[[noreturn]] inline void fail(Status status, const std::string &why) { throw Failure(status, why); }

inline void require(bool condition, Status status, const char *why) {
  if (!condition) fail(status, why);
}

/** CUDA's own name of a status, or null for a number that is none. */
const char *nameOf(int status);

/** One sentence on a status, or null for a number that is none. */
const char *describe(int status);

/** Tells on the error output what a real device would have let pass or died of; kept for lastReport. */
void report(const std::string &what);

/** The latest report, or an empty text. */
const char *lastReport();

}  // namespace software_cuda
