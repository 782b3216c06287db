// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>

namespace software_cuda {

class Context;

/** A device address, as CUdeviceptr is one; here it is an address of host memory. */
using Address = std::uintptr_t;

/**
 * The memory of the one device: what is allocated, for whom, and whether an address lies inside.
 *
 * Fresh memory is all ones, which read as float32 or half is NaN: a result that depends on memory that nobody
 * wrote cannot pass a comparison.
 */
class DeviceMemory {
 public:
  struct Block {
    Address address;
    std::size_t bytes;
    const Context *owner;
  };

  Address allocate(std::size_t bytes, const Context *owner);

  /** Throws where the address is no live allocation's first: a double free, or none of ours. */
  void release(Address address);

  /** Frees what a context still owns and returns how many blocks that were. */
  std::size_t releaseAll(const Context *owner);

  /** The block that holds all of the bytes, or null; no bytes lie anywhere. */
  const Block *holding(Address address, std::size_t bytes) const;

  /** Where an address lies in relation to the nearest block before it, for a message. */
  std::string locate(Address address) const;

  /** Makes a module's variable an address that copies may name. */
  void addVariable(Address address, std::size_t bytes, const Context *owner);
  void removeVariables(Address begin, Address end);

  std::size_t limit() const { return limit_; }
  std::size_t used() const { return used_; }
  void setLimit(std::size_t bytes) { limit_ = bytes; }

 private:
  void quarantine(Address address, std::size_t bytes);

  std::map<Address, Block> blocks_;
  std::map<Address, Block> variables_;
  std::size_t limit_ = std::size_t{4} << 30;
  std::size_t used_ = 0;
  std::deque<std::pair<Address, std::size_t>> quarantine_;
  std::size_t quarantined_ = 0;
};

/** Page-locked host memory: allocated here, or the caller's own and registered. */
class PinnedMemory {
 public:
  struct Range {
    std::uintptr_t start;
    std::size_t bytes;
    unsigned flags;
    bool registered;
    const Context *owner;
  };

  void *allocate(std::size_t bytes, unsigned flags, const Context *owner);
  void release(void *pointer);
  void add(void *pointer, std::size_t bytes, unsigned flags, const Context *owner);
  void remove(void *pointer);
  std::size_t releaseAll(const Context *owner);

  /** The range that holds all of the bytes, or null. */
  const Range *holding(const void *pointer, std::size_t bytes) const;

 private:
  std::map<std::uintptr_t, Range> ranges_;
};

DeviceMemory &deviceMemory();
PinnedMemory &pinnedMemory();

}  // namespace software_cuda
