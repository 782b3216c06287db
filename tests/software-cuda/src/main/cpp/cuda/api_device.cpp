// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// What the one device says of itself.

#include <cstdio>
#include <cstring>

#include "api.hpp"
#include "device.hpp"
#include "memory.hpp"

using namespace software_cuda;

namespace {

constexpr char kName[] = "Software CUDA (simulated on the CPU)";
constexpr char kBusId[] = "0000:00:00.0";
constexpr unsigned char kUuid[16] = {'s', 'o', 'f', 't', 'w', 'a', 'r', 'e', ' ', 'C', 'U', 'D', 'A', 0, 0, 1};

struct Attribute {
  int number;
  int value;
};

/** By the numbers of CUdevice_attribute; what is not here is 0, which says "no" or "none". */
constexpr Attribute kAttributes[] = {
    {1, kMaxThreads},                            // MAX_THREADS_PER_BLOCK
    {2, kMaxThreads},                            // MAX_BLOCK_DIM_X
    {3, kMaxThreads},                            // MAX_BLOCK_DIM_Y
    {4, kMaxBlockZ},                             // MAX_BLOCK_DIM_Z
    {5, static_cast<int>(kMaxGridX)},            // MAX_GRID_DIM_X
    {6, kMaxGridYZ},                             // MAX_GRID_DIM_Y
    {7, kMaxGridYZ},                             // MAX_GRID_DIM_Z
    {8, kSharedPerBlock},                        // MAX_SHARED_MEMORY_PER_BLOCK
    {9, 65536},                                  // TOTAL_CONSTANT_MEMORY
    {10, kWarpSize},                             // WARP_SIZE
    {11, 2147483647},                            // MAX_PITCH
    {12, 65536},                                 // MAX_REGISTERS_PER_BLOCK
    {13, 1000000},                               // CLOCK_RATE, kHz
    {14, 512},                                   // TEXTURE_ALIGNMENT
    {15, 1},                                     // GPU_OVERLAP
    {16, kMultiprocessors},                      // MULTIPROCESSOR_COUNT
    {19, 1},                                     // CAN_MAP_HOST_MEMORY
    {30, 512},                                   // SURFACE_ALIGNMENT
    {31, 1},                                     // CONCURRENT_KERNELS
    {36, 1000000},                               // MEMORY_CLOCK_RATE, kHz
    {37, 256},                                   // GLOBAL_MEMORY_BUS_WIDTH, bits
    {38, 4194304},                               // L2_CACHE_SIZE
    {39, kThreadsPerMultiprocessor},             // MAX_THREADS_PER_MULTIPROCESSOR
    {40, 2},                                     // ASYNC_ENGINE_COUNT
    {41, 1},                                     // UNIFIED_ADDRESSING
    {51, 32},                                    // TEXTURE_PITCH_ALIGNMENT
    {75, kComputeMajor},                         // COMPUTE_CAPABILITY_MAJOR
    {76, kComputeMinor},                         // COMPUTE_CAPABILITY_MINOR
    {78, 1},                                     // STREAM_PRIORITIES_SUPPORTED
    {79, 1},                                     // GLOBAL_L1_CACHE_SUPPORTED
    {80, 1},                                     // LOCAL_L1_CACHE_SUPPORTED
    {81, kSharedPerMultiprocessor},              // MAX_SHARED_MEMORY_PER_MULTIPROCESSOR
    {82, 65536},                                 // MAX_REGISTERS_PER_MULTIPROCESSOR
    {87, 2},                                     // SINGLE_TO_DOUBLE_PRECISION_PERF_RATIO
    {90, 1},                                     // COMPUTE_PREEMPTION_SUPPORTED
    {91, 1},                                     // CAN_USE_HOST_POINTER_FOR_REGISTERED_MEM
    {97, kSharedPerBlockOptIn},                  // MAX_SHARED_MEMORY_PER_BLOCK_OPTIN
    {99, 1},                                     // HOST_REGISTER_SUPPORTED
    {106, kBlocksPerMultiprocessor},             // MAX_BLOCKS_PER_MULTIPROCESSOR
};

constexpr int kLastAttribute = 150;

void requireDevice(int device) { require(device == 0, Status::InvalidDevice, "there is one device, 0"); }

}  // namespace

CUDA_API cuDeviceGetCount(int *count) {
  return call(__func__, [&] { give(count, 1); });
}

CUDA_API cuDeviceGet(int *device, int ordinal) {
  return call(__func__, [&] {
    requireDevice(ordinal);
    give(device, 0);
  });
}

CUDA_API cuDeviceGetName(char *name, int length, int device) {
  return call(__func__, [&] {
    requireDevice(device);
    require(name != nullptr && length > 0, Status::InvalidValue, "no place for the name");
    std::snprintf(name, static_cast<std::size_t>(length), "%s", kName);
  });
}

CUDA_API cuDeviceGetUuid(unsigned char *uuid, int device) {
  return call(__func__, [&] {
    requireDevice(device);
    require(uuid != nullptr, Status::InvalidValue, "no place for the identifier");
    std::memcpy(uuid, kUuid, sizeof kUuid);
  });
}

CUDA_API cuDeviceGetPCIBusId(char *id, int length, int device) {
  return call(__func__, [&] {
    requireDevice(device);
    require(id != nullptr && length >= static_cast<int>(sizeof kBusId), Status::InvalidValue, "no place for the id");
    std::memcpy(id, kBusId, sizeof kBusId);
  });
}

CUDA_API cuDeviceGetByPCIBusId(int *device, const char *id) {
  return call(__func__, [&] {
    require(id != nullptr && std::strcmp(id, kBusId) == 0, Status::InvalidDevice, "there is one device, 0000:00:00.0");
    give(device, 0);
  });
}

CUDA_API cuDeviceTotalMem_v2(std::size_t *bytes, int device) {
  return call(__func__, [&] {
    requireDevice(device);
    give(bytes, deviceMemory().limit());
  });
}

CUDA_API cuDeviceGetAttribute(int *value, int attribute, int device) {
  return call(__func__, [&] {
    requireDevice(device);
    require(attribute > 0 && attribute < kLastAttribute, Status::InvalidValue, "no such attribute");
    int found = 0;
    for (const Attribute &known : kAttributes) {
      if (known.number == attribute) found = known.value;
    }
    give(value, found);
  });
}

CUDA_API cuDeviceComputeCapability(int *major, int *minor, int device) {
  return call(__func__, [&] {
    requireDevice(device);
    give(major, kComputeMajor);
    give(minor, kComputeMinor);
  });
}

CUDA_API cuDeviceCanAccessPeer(int *can, int device, int peer) {
  return call(__func__, [&] {
    requireDevice(device);
    requireDevice(peer);
    give(can, 0);
  });
}

CUDA_API cuDeviceGetP2PAttribute(int *, int, int, int) {
  return call(__func__, [&] { fail(Status::InvalidDevice, "there is one device, 0"); });
}

CUDA_API cuCtxEnablePeerAccess(void *, unsigned) {
  return callInContext(__func__, [](Context &) { fail(Status::PeerAccessUnsupported, "there is one device"); });
}
