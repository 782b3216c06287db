// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace software_cuda {

/** Device memory that a call reads or writes. */
struct Operand {
  const char *name;
  const void *address;
  std::size_t bytes;
};

/** A call of cuBLAS or cuDNN that computes something in a stream. */
struct LibraryCall {
  enum class Library { Cublas, Cudnn };

  Library library;
  const char *name;
  void *stream;
  std::vector<Operand> operands;
  std::function<void()> work;
};

/** What the libraries above the driver need of it. All are built together, so that C++ types may cross. */
struct DriverLink {
  enum class Answer { Queued, BadOperand, Refused };

  /** Checks that the operands lie inside live allocations, now and when it runs, counts the call and queues it. */
  Answer (*submit)(const LibraryCall &call);

  /** Whether a context is current to this thread. */
  bool (*hasContext)();

  /** Whether this memory lies inside one live allocation. */
  bool (*isOnDevice)(const void *address, std::size_t bytes);

  /** Waits until the stream has done all that is queued. */
  bool (*synchronize)(void *stream);

  /** Adds to the counter of library handles, and to that of descriptors. */
  void (*countHandles)(int change);
  void (*countDescriptors)(int change);

  void (*countCompilation)();

  /** Puts a message where the driver puts its own. */
  void (*report)(const std::string &message);
};

/** The driver's side, or null where no software driver is loaded or can be. Like NVIDIA's, found by its name alone. */
const DriverLink *driver();

}  // namespace software_cuda
