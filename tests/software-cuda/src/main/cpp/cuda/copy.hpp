// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "context.hpp"
#include "memory.hpp"

namespace software_cuda {

enum class Direction { HostToDevice, DeviceToHost, DeviceToDevice, HostToHost };

/** The direction of a copy whose addresses alone say where they lie. */
Direction directionOf(Address to, Address from, std::size_t bytes);

/** Fails where a device operand is not wholly inside a live allocation. */
void requireDeviceRange(Address address, std::size_t bytes, const char *what);

/**
 * A copy in a stream. What the call itself waits for is CUDA's "API synchronization behavior": a copy from pageable
 * host memory reads it before the call returns, one to pageable host memory is over when it returns; page-locked memory
 * is read and written when the stream gets there.
 */
void copyAsync(Context &context, Stream &stream, Direction direction, Address to, Address from, std::size_t bytes);

/** A copy in the legacy stream; over when the call returns, but for one between two places on the device. */
void copy(Context &context, Direction direction, Address to, Address from, std::size_t bytes);

/** Sets `count` elements of 1, 2 or 4 bytes. */
void setAsync(Context &context, Stream &stream, Address to, unsigned value, std::size_t elementBytes,
              std::size_t count);

}  // namespace software_cuda
