// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "known_kernels.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

namespace software_cuda {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path &file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/** By name, without an error where there is no such folder. */
std::vector<fs::path> filesIn(const fs::path &folder, const std::string &extension) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const fs::directory_entry &entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  return files;
}

}  // namespace

std::optional<KnownKernel> sourceOf(const std::string &ptx, const fs::path &folder) {
  for (const fs::path &file : filesIn(folder / "ptx", ".ptx")) {
    std::error_code ignored;
    if (fs::file_size(file, ignored) != ptx.size() || read(file) != ptx) continue;
    std::istringstream words(file.stem().string());
    std::string kernel;
    std::getline(words, kernel, '+');
    KnownKernel known;
    known.source.name = kernel + ".cu";
    for (const fs::path &source : filesIn(folder / "kernels", ".cu")) {
      if (source.filename() == known.source.name) {
        known.source.text = read(source);
      } else {
        known.source.headers[source.filename()] = read(source);
      }
    }
    if (known.source.text.empty()) return std::nullopt;
    for (std::string define; std::getline(words, define, '+');) known.defines.push_back("-D" + define);
    return known;
  }
  return std::nullopt;
}

}  // namespace software_cuda
