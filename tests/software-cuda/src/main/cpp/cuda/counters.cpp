// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "counters.hpp"

namespace software_cuda {
namespace {

struct Named {
  std::string_view name;
  Counters::Count Counters::*count;
  bool lives;
};

constexpr Named kNamed[] = {
    {"launches", &Counters::launches, false},
    {"kernel_launches", &Counters::kernelLaunches, false},
    {"cublas_calls", &Counters::cublasCalls, false},
    {"cudnn_calls", &Counters::cudnnCalls, false},
    {"graph_launches", &Counters::graphLaunches, false},
    {"graph_nodes", &Counters::graphNodes, false},
    {"copies_host_to_device", &Counters::copiesHostToDevice, false},
    {"copies_device_to_host", &Counters::copiesDeviceToHost, false},
    {"copies_device_to_device", &Counters::copiesDeviceToDevice, false},
    {"bytes_host_to_device", &Counters::bytesHostToDevice, false},
    {"bytes_device_to_host", &Counters::bytesDeviceToHost, false},
    {"memsets", &Counters::memsets, false},
    {"allocations", &Counters::allocations, false},
    {"frees", &Counters::frees, false},
    {"live_allocations", &Counters::liveAllocations, true},
    {"live_bytes", &Counters::liveBytes, true},
    {"host_allocations", &Counters::hostAllocations, false},
    {"live_host_allocations", &Counters::liveHostAllocations, true},
    {"synchronizations", &Counters::synchronizations, false},
    {"compilations", &Counters::compilations, false},
    {"ptx_compilations", &Counters::ptxCompilations, false},
    {"modules", &Counters::modules, true},
    {"streams", &Counters::streams, true},
    {"events", &Counters::events, true},
    {"graphs", &Counters::graphs, true},
    {"handles", &Counters::handles, true},
    {"descriptors", &Counters::descriptors, true},
    {"leaked", &Counters::leaked, false},
};

}  // namespace

const Counters::Count *Counters::find(std::string_view name) const {
  for (const Named &named : kNamed) {
    if (named.name == name) return &(this->*named.count);
  }
  return nullptr;
}

void Counters::reset() {
  for (const Named &named : kNamed) {
    if (!named.lives) this->*named.count = 0;
  }
}

Counters &counters() {
  static Counters &instance = *new Counters;
  return instance;
}

}  // namespace software_cuda
