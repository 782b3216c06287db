// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace software_cuda {

/**
 * How a compiled program travels from the software NVRTC to the driver, perhaps by way of a file: a header and a
 * shared object. As "PTX", which callers take for text, the same in hexadecimal digits after a line of comment.
 */
struct ImageHeader {
  char magic[16];
  std::uint64_t bytes;
  std::uint64_t hash;
  /** The compute capability that it was compiled for, as in sm_80. */
  std::uint32_t architecture;
  std::uint32_t reserved;
};

constexpr char kImageMagic[16] = "softwareCUDA-1\n";
constexpr char kTextMagic[] = "// software CUDA image 1: no PTX, code of the host\n";

/** FNV-1a, 64 bits. */
inline std::uint64_t hashOf(const void *data, std::size_t bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (std::size_t index = 0; index < bytes; index++) {
    hash = (hash ^ static_cast<const unsigned char *>(data)[index]) * 0x100000001b3;
  }
  return hash;
}

inline std::string imageOf(const std::string &object, unsigned architecture) {
  ImageHeader header{};
  std::memcpy(header.magic, kImageMagic, sizeof header.magic);
  header.bytes = object.size();
  header.hash = hashOf(object.data(), object.size());
  header.architecture = architecture;
  return std::string(reinterpret_cast<const char *>(&header), sizeof header) + object;
}

inline std::string textOf(const std::string &image) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text = kTextMagic;
  text.reserve(text.size() + 2 * image.size() + 1);
  for (const char byte : image) {
    text += digits[static_cast<unsigned char>(byte) >> 4];
    text += digits[static_cast<unsigned char>(byte) & 15];
  }
  return text + "\n";
}

/** The image in a text that `textOf` gave; empty where it is none. */
inline std::string imageIn(const char *text) {
  const std::size_t prefix = sizeof kTextMagic - 1;
  if (std::strncmp(text, kTextMagic, prefix) != 0) return "";
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  std::string image;
  for (const char *next = text + prefix; digit(next[0]) >= 0 && digit(next[1]) >= 0; next += 2) {
    image += static_cast<char>(digit(next[0]) << 4 | digit(next[1]));
  }
  return image;
}

}  // namespace software_cuda
