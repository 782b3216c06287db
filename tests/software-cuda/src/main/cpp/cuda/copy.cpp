// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "copy.hpp"

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "counters.hpp"

namespace software_cuda {
namespace {

void *pointer(Address address) { return reinterpret_cast<void *>(address); }

bool isPinned(Address address, std::size_t bytes) { return pinnedMemory().holding(pointer(address), bytes) != nullptr; }

Work kindOf(Direction direction) {
  switch (direction) {
    case Direction::HostToDevice:
      return Work::CopyHostToDevice;
    case Direction::DeviceToHost:
      return Work::CopyDeviceToHost;
    case Direction::DeviceToDevice:
      return Work::CopyDeviceToDevice;
    case Direction::HostToHost:
      return Work::CopyHostToHost;
  }
  return Work::CopyHostToHost;
}

/** On execution too: in between, and between two launches of a graph, an allocation may have been freed. */
std::function<void()> copying(Direction direction, Address to, Address from, std::size_t bytes) {
  return [=] {
    if (direction != Direction::DeviceToHost && direction != Direction::HostToHost) {
      require(deviceMemory().holding(to, bytes) != nullptr, Status::IllegalAddress, "copies to freed memory");
    }
    if (direction != Direction::HostToDevice && direction != Direction::HostToHost) {
      require(deviceMemory().holding(from, bytes) != nullptr, Status::IllegalAddress, "copies from freed memory");
    }
    std::memmove(pointer(to), pointer(from), bytes);
  };
}

void requireOperands(Direction direction, Address to, Address from, std::size_t bytes) {
  const bool toDevice = direction == Direction::HostToDevice || direction == Direction::DeviceToDevice;
  const bool fromDevice = direction == Direction::DeviceToHost || direction == Direction::DeviceToDevice;
  if (toDevice) requireDeviceRange(to, bytes, "the target of a copy");
  if (fromDevice) requireDeviceRange(from, bytes, "the source of a copy");
  require(toDevice || to != 0, Status::InvalidValue, "a null target");
  require(fromDevice || from != 0, Status::InvalidValue, "a null source");
}

}  // namespace

void requireDeviceRange(Address address, std::size_t bytes, const char *what) {
  if (deviceMemory().holding(address, bytes) != nullptr) return;
  const std::string where = std::string(what) + ": " + std::to_string(bytes) + " bytes at " +
                            deviceMemory().locate(address) + " are not inside one live allocation";
  report(where);
  fail(Status::InvalidValue, where);
}

Direction directionOf(Address to, Address from, std::size_t bytes) {
  const bool toDevice = deviceMemory().holding(to, bytes) != nullptr;
  const bool fromDevice = deviceMemory().holding(from, bytes) != nullptr;
  if (toDevice) return fromDevice ? Direction::DeviceToDevice : Direction::HostToDevice;
  return fromDevice ? Direction::DeviceToHost : Direction::HostToHost;
}

void copyAsync(Context &context, Stream &stream, Direction direction, Address to, Address from, std::size_t bytes) {
  if (bytes == 0) return;
  requireOperands(direction, to, from, bytes);
  Task task{kindOf(direction), "a copy", bytes, copying(direction, to, from, bytes)};
  const bool readsPageable =
      (direction == Direction::HostToDevice || direction == Direction::HostToHost) && !isPinned(from, bytes);
  const bool writesPageable =
      (direction == Direction::DeviceToHost || direction == Direction::HostToHost) && !isPinned(to, bytes);
  if ((readsPageable || writesPageable) && stream.capture != nullptr) {
    stream.capture->valid = false;
    fail(Status::CaptureUnsupported, "a captured copy of pageable memory, which may have gone when the graph runs");
  }
  if (readsPageable) {
    auto staging = std::make_shared<std::vector<char>>(bytes);
    std::memcpy(staging->data(), pointer(from), bytes);
    const auto run = copying(direction, to, reinterpret_cast<Address>(staging->data()), bytes);
    task.run = [staging, run] { run(); };
  }
  context.submit(stream, std::move(task));
  if (writesPageable) context.finish(stream);
}

void copy(Context &context, Direction direction, Address to, Address from, std::size_t bytes) {
  context.refuseDuringCapture();
  Stream &legacy = context.stream(nullptr);
  copyAsync(context, legacy, direction, to, from, bytes);
  if (direction == Direction::DeviceToDevice || bytes == 0) return;
  // What is documented for pageable memory; for page-locked memory the call waits for the copy itself.
  counters().synchronizations++;
  context.finish(legacy);
}

void setAsync(Context &context, Stream &stream, Address to, unsigned value, std::size_t elementBytes,
              std::size_t count) {
  if (count == 0) return;
  require(to % elementBytes == 0, Status::InvalidValue, "a memset of an address that is not aligned to its elements");
  const std::size_t bytes = elementBytes * count;
  requireDeviceRange(to, bytes, "the target of a memset");
  context.submit(stream, Task{Work::Memset, "a memset", bytes, [=] {
                                require(deviceMemory().holding(to, bytes) != nullptr, Status::IllegalAddress,
                                        "sets freed memory");
                                char *target = static_cast<char *>(pointer(to));
                                for (std::size_t index = 0; index < count; index++) {
                                  std::memcpy(target + index * elementBytes, &value, elementBytes);
                                }
                              }});
}

}  // namespace software_cuda
