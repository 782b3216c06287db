// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Allocations, copies and memsets.

#include "api.hpp"
#include "copy.hpp"
#include "counters.hpp"

using namespace software_cuda;

namespace {

Address address(const void *pointer) { return reinterpret_cast<Address>(pointer); }

/** A free waits for all work: what still runs may use the memory. */
void finishBeforeFree(Context &context) {
  context.refuseDuringCapture();
  context.finishAll();
}

}  // namespace

CUDA_API cuMemGetInfo_v2(std::size_t *free, std::size_t *total) {
  return callInContext(__func__, [&](Context &) {
    const DeviceMemory &memory = deviceMemory();
    if (free != nullptr) *free = memory.limit() - std::min(memory.limit(), memory.used());
    if (total != nullptr) *total = memory.limit();
  });
}

CUDA_API cuMemAlloc_v2(Address *pointer, std::size_t bytes) {
  return callInContext(__func__, [&](Context &context) {
    require(pointer != nullptr, Status::InvalidValue, "no place for the address");
    context.refuseDuringCapture();
    *pointer = deviceMemory().allocate(bytes, &context);
  });
}

CUDA_API cuMemFree_v2(Address pointer) {
  return callInContext(__func__, [&](Context &context) {
    if (pointer == 0) return;
    finishBeforeFree(context);
    deviceMemory().release(pointer);
  });
}

CUDA_API cuMemGetAddressRange_v2(Address *base, std::size_t *bytes, Address pointer) {
  return callInContext(__func__, [&](Context &) {
    const DeviceMemory::Block *block = deviceMemory().holding(pointer, 1);
    require(block != nullptr, Status::NotFound, "the address lies in no allocation");
    if (base != nullptr) *base = block->address;
    if (bytes != nullptr) *bytes = block->bytes;
  });
}

CUDA_API cuMemHostAlloc(void **pointer, std::size_t bytes, unsigned flags) {
  return callInContext(__func__, [&](Context &context) {
    require(pointer != nullptr, Status::InvalidValue, "no place for the address");
    context.refuseDuringCapture();
    *pointer = pinnedMemory().allocate(bytes, flags, &context);
  });
}

CUDA_API cuMemAllocHost_v2(void **pointer, std::size_t bytes) { return cuMemHostAlloc(pointer, bytes, 0); }

CUDA_API cuMemFreeHost(void *pointer) {
  return callInContext(__func__, [&](Context &context) {
    if (pointer == nullptr) return;
    finishBeforeFree(context);
    pinnedMemory().release(pointer);
  });
}

CUDA_API cuMemHostRegister_v2(void *pointer, std::size_t bytes, unsigned flags) {
  return callInContext(__func__, [&](Context &context) { pinnedMemory().add(pointer, bytes, flags, &context); });
}

CUDA_API cuMemHostUnregister(void *pointer) {
  return callInContext(__func__, [&](Context &context) {
    finishBeforeFree(context);
    pinnedMemory().remove(pointer);
  });
}

/** With unified addresses a kernel reads page-locked memory at the address that the host knows. */
CUDA_API cuMemHostGetDevicePointer_v2(Address *pointer, void *host, unsigned) {
  return callInContext(__func__, [&](Context &) {
    require(pinnedMemory().holding(host, 1) != nullptr, Status::InvalidValue,
            "the pointer lies in no page-locked memory");
    give(pointer, address(host));
  });
}

CUDA_API cuMemHostGetFlags(unsigned *flags, void *pointer) {
  return callInContext(__func__, [&](Context &) {
    const PinnedMemory::Range *range = pinnedMemory().holding(pointer, 1);
    require(range != nullptr, Status::InvalidValue, "the pointer lies in no page-locked memory");
    give(flags, range->flags);
  });
}

CUDA_API cuMemcpyHtoD_v2(Address to, const void *from, std::size_t bytes) {
  return callInContext(__func__, [&](Context &context) {
    copy(context, Direction::HostToDevice, to, address(from), bytes);
  });
}

CUDA_API cuMemcpyDtoH_v2(void *to, Address from, std::size_t bytes) {
  return callInContext(__func__, [&](Context &context) {
    copy(context, Direction::DeviceToHost, address(to), from, bytes);
  });
}

CUDA_API cuMemcpyDtoD_v2(Address to, Address from, std::size_t bytes) {
  return callInContext(__func__, [&](Context &context) {
    copy(context, Direction::DeviceToDevice, to, from, bytes);
  });
}

CUDA_API cuMemcpy(Address to, Address from, std::size_t bytes) {
  return callInContext(__func__, [&](Context &context) {
    copy(context, directionOf(to, from, bytes), to, from, bytes);
  });
}

CUDA_API cuMemcpyHtoDAsync_v2(Address to, const void *from, std::size_t bytes, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    copyAsync(context, context.stream(stream), Direction::HostToDevice, to, address(from), bytes);
  });
}

CUDA_API cuMemcpyDtoHAsync_v2(void *to, Address from, std::size_t bytes, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    copyAsync(context, context.stream(stream), Direction::DeviceToHost, address(to), from, bytes);
  });
}

CUDA_API cuMemcpyDtoDAsync_v2(Address to, Address from, std::size_t bytes, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    copyAsync(context, context.stream(stream), Direction::DeviceToDevice, to, from, bytes);
  });
}

CUDA_API cuMemcpyAsync(Address to, Address from, std::size_t bytes, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    copyAsync(context, context.stream(stream), directionOf(to, from, bytes), to, from, bytes);
  });
}

CUDA_API cuMemsetD8Async(Address to, unsigned char value, std::size_t count, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    setAsync(context, context.stream(stream), to, value, 1, count);
  });
}

CUDA_API cuMemsetD16Async(Address to, unsigned short value, std::size_t count, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    setAsync(context, context.stream(stream), to, value, 2, count);
  });
}

CUDA_API cuMemsetD32Async(Address to, unsigned value, std::size_t count, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    setAsync(context, context.stream(stream), to, value, 4, count);
  });
}

CUDA_API cuMemsetD8_v2(Address to, unsigned char value, std::size_t count) {
  return cuMemsetD8Async(to, value, count, nullptr);
}

CUDA_API cuMemsetD16_v2(Address to, unsigned short value, std::size_t count) {
  return cuMemsetD16Async(to, value, count, nullptr);
}

CUDA_API cuMemsetD32_v2(Address to, unsigned value, std::size_t count) {
  return cuMemsetD32Async(to, value, count, nullptr);
}
