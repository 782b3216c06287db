// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace software_cuda {

/** What the libraries have done in this process, for tests that assert how much a program does. */
struct Counters {
  using Count = unsigned long long;

  Count launches = 0;
  Count kernelLaunches = 0;
  Count cublasCalls = 0;
  Count cudnnCalls = 0;
  Count graphLaunches = 0;
  Count graphNodes = 0;
  Count copiesHostToDevice = 0;
  Count copiesDeviceToHost = 0;
  Count copiesDeviceToDevice = 0;
  Count bytesHostToDevice = 0;
  Count bytesDeviceToHost = 0;
  Count memsets = 0;
  Count allocations = 0;
  Count frees = 0;
  Count liveAllocations = 0;
  Count liveBytes = 0;
  Count hostAllocations = 0;
  Count liveHostAllocations = 0;
  Count synchronizations = 0;
  Count compilations = 0;
  Count ptxCompilations = 0;
  Count modules = 0;
  Count streams = 0;
  Count events = 0;
  Count graphs = 0;
  /** Of cuBLAS and of cuDNN. */
  Count handles = 0;
  /** Of cuDNN. */
  Count descriptors = 0;
  /** Objects that their context took with it because nobody had freed them. */
  Count leaked = 0;

  /** The counter of a name such as "live_bytes", or null. */
  const Count *find(std::string_view name) const;

  /** Sets to zero what has happened; what lives now (live_…, modules, streams, …) goes on counting. */
  void reset();
};

Counters &counters();

}  // namespace software_cuda
