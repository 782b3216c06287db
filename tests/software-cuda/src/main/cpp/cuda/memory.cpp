// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "memory.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "counters.hpp"
#include "status.hpp"

namespace software_cuda {
namespace {

/** What CUDA promises of the alignment of an allocation. */
constexpr std::size_t kAlignment = 256;
constexpr std::size_t kPage = 4096;
/** How much freed memory keeps its address, so that a use after free does not meet a new allocation. */
constexpr std::size_t kQuarantineBytes = std::size_t{32} << 20;
constexpr int kPoison = 0xFF;

std::size_t roundUp(std::size_t value, std::size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

template <class Map>
typename Map::const_iterator lastNotAfter(const Map &map, std::uintptr_t address) {
  auto next = map.upper_bound(address);
  return next == map.begin() ? map.end() : std::prev(next);
}

bool holds(std::uintptr_t start, std::size_t size, std::uintptr_t address, std::size_t bytes) {
  return address - start <= size && bytes <= size - (address - start);
}

}  // namespace

Address DeviceMemory::allocate(std::size_t bytes, const Context *owner) {
  require(bytes > 0, Status::InvalidValue, "an allocation of 0 bytes");
  if (bytes > limit_ || used_ > limit_ - bytes) {
    fail(Status::OutOfMemory, std::to_string(bytes) + " bytes asked for, " + std::to_string(used_) + " of " +
                                  std::to_string(limit_) + " in use");
  }
  void *memory = std::aligned_alloc(kAlignment, roundUp(bytes, kAlignment));
  require(memory != nullptr, Status::OutOfMemory, "the host has no memory left");
  std::memset(memory, kPoison, bytes);
  const auto address = reinterpret_cast<Address>(memory);
  blocks_.emplace(address, Block{address, bytes, owner});
  used_ += bytes;
  Counters &count = counters();
  count.allocations++;
  count.liveAllocations++;
  count.liveBytes += bytes;
  return address;
}

void DeviceMemory::release(Address address) {
  const auto found = blocks_.find(address);
  if (found == blocks_.end()) {
    report("a free of " + locate(address) + ": not the start of a live allocation");
    fail(Status::InvalidValue, "freed twice, or never allocated");
  }
  const std::size_t bytes = found->second.bytes;
  blocks_.erase(found);
  quarantine(address, bytes);
  used_ -= bytes;
  Counters &count = counters();
  count.frees++;
  count.liveAllocations--;
  count.liveBytes -= bytes;
}

void DeviceMemory::quarantine(Address address, std::size_t bytes) {
  quarantine_.emplace_back(address, bytes);
  quarantined_ += bytes;
  while (quarantined_ > kQuarantineBytes) {
    const auto [oldest, size] = quarantine_.front();
    quarantine_.pop_front();
    quarantined_ -= size;
    std::free(reinterpret_cast<void *>(oldest));
  }
}

std::size_t DeviceMemory::releaseAll(const Context *owner) {
  std::size_t released = 0;
  for (auto next = blocks_.begin(); next != blocks_.end();) {
    const Block block = next->second;
    ++next;
    if (block.owner != owner) continue;
    release(block.address);
    released++;
  }
  return released;
}

const DeviceMemory::Block *DeviceMemory::holding(Address address, std::size_t bytes) const {
  for (const auto *map : {&blocks_, &variables_}) {
    const auto found = lastNotAfter(*map, address);
    if (found != map->end() && holds(found->first, found->second.bytes, address, bytes)) return &found->second;
  }
  return nullptr;
}

std::string DeviceMemory::locate(Address address) const {
  char text[32];
  std::snprintf(text, sizeof text, "0x%zx", static_cast<std::size_t>(address));
  const auto found = lastNotAfter(blocks_, address);
  if (found == blocks_.end()) return std::string(text) + " (before every allocation)";
  const std::size_t offset = address - found->first;
  const std::size_t bytes = found->second.bytes;
  return std::string(text) +
         (offset < bytes ? " (byte " + std::to_string(offset) + " of an allocation of "
                         : " (" + std::to_string(offset - bytes) + " bytes after an allocation of ") +
         std::to_string(bytes) + " bytes)";
}

void DeviceMemory::addVariable(Address address, std::size_t bytes, const Context *owner) {
  variables_.emplace(address, Block{address, bytes, owner});
}

void DeviceMemory::removeVariables(Address begin, Address end) {
  variables_.erase(variables_.lower_bound(begin), variables_.lower_bound(end));
}

void *PinnedMemory::allocate(std::size_t bytes, unsigned flags, const Context *owner) {
  require(bytes > 0, Status::InvalidValue, "a host allocation of 0 bytes");
  void *memory = std::aligned_alloc(kPage, roundUp(bytes, kPage));
  require(memory != nullptr, Status::OutOfMemory, "the host has no memory left");
  std::memset(memory, kPoison, bytes);
  const auto start = reinterpret_cast<std::uintptr_t>(memory);
  ranges_.emplace(start, Range{start, bytes, flags, false, owner});
  counters().hostAllocations++;
  counters().liveHostAllocations++;
  return memory;
}

void PinnedMemory::release(void *pointer) {
  const auto found = ranges_.find(reinterpret_cast<std::uintptr_t>(pointer));
  if (found == ranges_.end() || found->second.registered) {
    report("a free of host memory that cuMemHostAlloc did not give, or a second one");
    fail(Status::InvalidValue, "freed twice, or never allocated");
  }
  ranges_.erase(found);
  std::free(pointer);
  counters().liveHostAllocations--;
}

void PinnedMemory::add(void *pointer, std::size_t bytes, unsigned flags, const Context *owner) {
  require(pointer != nullptr && bytes > 0, Status::InvalidValue, "no host memory to register");
  const auto start = reinterpret_cast<std::uintptr_t>(pointer);
  const auto before = lastNotAfter(ranges_, start + bytes - 1);
  require(before == ranges_.end() || before->first + before->second.bytes <= start,
          Status::HostMemoryAlreadyRegistered, "part of the range is registered already");
  ranges_.emplace(start, Range{start, bytes, flags, true, owner});
}

void PinnedMemory::remove(void *pointer) {
  const auto found = ranges_.find(reinterpret_cast<std::uintptr_t>(pointer));
  require(found != ranges_.end() && found->second.registered, Status::HostMemoryNotRegistered,
          "the pointer is not the start of a registered range");
  ranges_.erase(found);
}

std::size_t PinnedMemory::releaseAll(const Context *owner) {
  std::size_t released = 0;
  for (auto next = ranges_.begin(); next != ranges_.end();) {
    const auto current = next++;
    if (current->second.owner != owner) continue;
    released++;
    if (current->second.registered) {
      ranges_.erase(current);
    } else {
      release(reinterpret_cast<void *>(current->first));
    }
  }
  return released;
}

const PinnedMemory::Range *PinnedMemory::holding(const void *pointer, std::size_t bytes) const {
  const auto address = reinterpret_cast<std::uintptr_t>(pointer);
  const auto found = lastNotAfter(ranges_, address);
  if (found == ranges_.end() || !holds(found->first, found->second.bytes, address, bytes)) return nullptr;
  return &found->second;
}

DeviceMemory &deviceMemory() {
  static DeviceMemory &instance = *new DeviceMemory;
  return instance;
}

PinnedMemory &pinnedMemory() {
  static PinnedMemory &instance = *new PinnedMemory;
  return instance;
}

}  // namespace software_cuda
