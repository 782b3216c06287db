// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

namespace software_cuda {

// The limits of the one device: those of compute capability 8.0, from the CUDA C++ Programming Guide, table "Technical
// Specifications per Compute Capability".

/** The newest PTX that the driver takes, as CUDA 12.6 does: 8.5. */
constexpr unsigned kNewestPtx = 85;
constexpr int kComputeMajor = 8;
constexpr int kComputeMinor = 0;
constexpr unsigned kWarpSize = 32;
constexpr unsigned kMaxThreads = 1024;
constexpr unsigned kMaxBlockZ = 64;
constexpr unsigned kMaxGridX = 2147483647;
constexpr unsigned kMaxGridYZ = 65535;
constexpr std::size_t kSharedPerBlock = std::size_t{48} << 10;
constexpr std::size_t kSharedPerBlockOptIn = std::size_t{163} << 10;
constexpr std::size_t kSharedPerMultiprocessor = std::size_t{164} << 10;
constexpr unsigned kThreadsPerMultiprocessor = 2048;
constexpr unsigned kBlocksPerMultiprocessor = 32;
constexpr int kMultiprocessors = 8;

}  // namespace software_cuda
