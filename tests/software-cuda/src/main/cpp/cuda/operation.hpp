// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace software_cuda {

enum class Work {
  Kernel,
  Cublas,
  Cudnn,
  CopyHostToDevice,
  CopyDeviceToHost,
  CopyDeviceToDevice,
  CopyHostToHost,
  Memset,
  HostFunction,
  GraphLaunch,
  Marker,
};

/** Something to do on the device. As a node of a graph it is done once a launch, so it must keep no state. */
struct Task {
  Work kind;
  std::string name;
  std::size_t bytes;
  std::function<void()> run;
};

/** A task in a stream. Its place there orders it after the stream's earlier ones, `after` orders it after others'. */
struct Operation {
  explicit Operation(Task task) : task(std::move(task)) {}

  Task task;
  std::vector<std::shared_ptr<Operation>> after;
  bool done = false;
  /** Valid once done. */
  std::chrono::steady_clock::time_point finished;

  bool isReady() const {
    for (const auto &earlier : after) {
      if (!earlier->done) return false;
    }
    return true;
  }

  void complete() {
    done = true;
    finished = std::chrono::steady_clock::now();
    // What it refers to may be large, and chains of operations long.
    after.clear();
    task.run = nullptr;
  }
};

using OperationRef = std::shared_ptr<Operation>;

}  // namespace software_cuda
