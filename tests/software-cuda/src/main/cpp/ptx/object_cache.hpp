// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>

namespace software_cuda {

/** Compiled objects on disk, where CUDA_CACHE_PATH says, as NVIDIA's driver keeps what it compiled. */
class ObjectCache {
 public:
  ObjectCache();

  /** Empty where there is none. */
  std::string find(std::uint64_t key) const;

  void keep(std::uint64_t key, const std::string &object) const;

 private:
  std::string file(std::uint64_t key) const;

  /** Empty for no cache. */
  std::string folder_;
};

}  // namespace software_cuda
