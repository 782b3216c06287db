// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "launch.hpp"

#include <cstdint>
#include <cstring>

#include "device.hpp"
#include "module.hpp"
#include "status.hpp"

namespace software_cuda {

Arguments::Arguments(const Kernel &kernel, void *const *values) {
  require(kernel.parameterCount == 0 || values != nullptr, Status::InvalidValue, "the kernel has parameters");
  layOut(kernel);
  char *base = reinterpret_cast<char *>(bytes_->data());
  for (unsigned index = 0; index < kernel.parameterCount; index++) {
    require(values[index] != nullptr, Status::InvalidValue, "an argument is a null pointer");
    std::memcpy(base + offsets_[index], values[index], kernel.parameters[index].bytes);
  }
}

Arguments::Arguments(const Kernel &kernel, const void *buffer, std::size_t bytes) {
  layOut(kernel);
  const std::size_t needed =
      kernel.parameterCount == 0 ? 0 : offsets_.back() + kernel.parameters[kernel.parameterCount - 1].bytes;
  require(bytes >= needed, Status::InvalidValue, "the buffer of arguments is too small");
  std::memcpy(bytes_->data(), buffer, needed);
}

void Arguments::layOut(const Kernel &kernel) {
  std::size_t end = 0;
  for (unsigned index = 0; index < kernel.parameterCount; index++) {
    const Parameter &parameter = kernel.parameters[index];
    const std::size_t offset = (end + parameter.alignment - 1) / parameter.alignment * parameter.alignment;
    offsets_.push_back(offset);
    end = offset + parameter.bytes;
  }
  bytes_ = std::make_shared<std::vector<std::max_align_t>>(end / sizeof(std::max_align_t) + 1);
}

std::vector<void *> Arguments::pointers() const {
  char *base = reinterpret_cast<char *>(bytes_->data());
  std::vector<void *> pointers;
  for (const std::size_t offset : offsets_) pointers.push_back(base + offset);
  return pointers;
}

void check(const Function &function, const Launch &launch) {
  const Index3 &grid = launch.grid;
  const Index3 &block = launch.block;
  require(grid.x > 0 && grid.y > 0 && grid.z > 0 && block.x > 0 && block.y > 0 && block.z > 0, Status::InvalidValue,
          "a dimension of the grid or of its blocks is 0");
  require(grid.x <= kMaxGridX && grid.y <= kMaxGridYZ && grid.z <= kMaxGridYZ, Status::InvalidValue,
          "the grid is larger than 2147483647 x 65535 x 65535");
  const std::uint64_t threads = std::uint64_t{block.x} * block.y * block.z;
  require(block.x <= kMaxThreads && block.y <= kMaxThreads && block.z <= kMaxBlockZ && threads <= kMaxThreads,
          Status::InvalidValue, "a block is larger than 1024 threads, or than 1024 x 1024 x 64");
  require(function.kernel.maxThreads == 0 || threads <= function.kernel.maxThreads, Status::LaunchOutOfResources,
          "a block is larger than the kernel's __launch_bounds__");
  require(launch.dynamicShared <= function.maxDynamicShared, Status::InvalidValue,
          "more shared memory than a block can have");
}

}  // namespace software_cuda
