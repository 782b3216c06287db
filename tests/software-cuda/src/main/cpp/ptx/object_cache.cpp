// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "object_cache.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "../common/image.hpp"

namespace software_cuda {

namespace fs = std::filesystem;

ObjectCache::ObjectCache() {
  const char *folder = std::getenv("CUDA_CACHE_PATH");
  const char *disabled = std::getenv("CUDA_CACHE_DISABLE");
  if (folder != nullptr && (disabled == nullptr || std::string(disabled) != "1")) folder_ = folder;
}

std::string ObjectCache::file(std::uint64_t key) const {
  return (fs::path(folder_) / ("software-cuda-" + std::to_string(key))).string();
}

std::string ObjectCache::find(std::uint64_t key) const {
  if (folder_.empty()) return "";
  std::ifstream in(file(key), std::ios::binary);
  const std::string image{std::istreambuf_iterator<char>(in), {}};
  ImageHeader header;
  if (image.size() < sizeof header) return "";
  std::memcpy(&header, image.data(), sizeof header);
  const std::string object = image.substr(sizeof header);
  return hashOf(object.data(), object.size()) == header.hash ? object : "";
}

void ObjectCache::keep(std::uint64_t key, const std::string &object) const {
  if (folder_.empty()) return;
  std::error_code ignored;
  fs::create_directories(folder_, ignored);
  // Under a name of its own first: another process may look for it meanwhile.
  const std::string part = file(key) + "." + std::to_string(getpid());
  std::ofstream(part, std::ios::binary) << imageOf(object, 0);
  fs::rename(part, file(key), ignored);
}

}  // namespace software_cuda
