// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

// What a compiled kernel module and the driver know of each other. Kernels see no standard header, so neither does
// this file.

namespace software_cuda {

struct Index3 {
  unsigned x, y, z;
};

/** What threadIdx and its like read; the driver sets it before it lets a thread run. */
struct ThreadState {
  Index3 thread;
  Index3 block;
  Index3 blockSize;
  Index3 gridSize;
};

enum class WaitKind { BlockBarrier, WarpBarrier, WarpShuffle, WarpVote };

/** Why a thread stops and does not go on until others have come to the same place. */
struct Wait {
  WaitKind kind;
  /** The lanes of the warp that take part; of no meaning to a block's barrier. */
  unsigned mask;
  /** What the thread brings. */
  unsigned long long value;
  /** For a shuffle: the lane whose value it wants. */
  unsigned source;
  /** The line of source, by which threads that wait at different places are told apart. */
  int line;
};

enum class FaultKind { Address, Alignment, SharedBounds, Division, Assertion, Trap };

struct Fault {
  FaultKind kind;
  unsigned long address;
  unsigned long bytes;
  bool write;
  const char *text;
  int line;
};

struct Range {
  unsigned long begin;
  unsigned long bytes;
};

struct Services {
  /**
   * Stops the running thread until those that it waits for have come. A shuffle gives the value of the source lane, a
   * vote one bit a lane that brought something else than 0, a block's barrier the number of threads that did.
   */
  unsigned long long (*wait)(const Wait &wait);

  /** Ends the kernel. */
  void (*fault)(const Fault &fault);

  /** A range around an address, but for the stack, that the thread may access; no bytes where there is none. */
  Range (*rangeAround)(unsigned long address);
};

struct Parameter {
  unsigned long bytes;
  unsigned long alignment;
  bool isFloat;
};

struct Kernel {
  const char *name;
  void (*run)(void **arguments);
  const Parameter *parameters;
  unsigned parameterCount;
  /** From __launch_bounds__; 0 where there is none. */
  unsigned maxThreads;
};

/** What a module exports, under the name softwareCudaModule. */
struct Module {
  unsigned version;
  const Kernel *kernels;
  unsigned kernelCount;
  ThreadState *state;
  const Services **services;
  /**
   * Ranges that are known to be accessible: first the stack of the thread that runs, which the driver sets, then what
   * the kernel found out, which the driver empties before each launch.
   */
  Range *recent;
  unsigned recentCount;
  Range staticShared;
  Range dynamicShared;
  Range image;
};

constexpr unsigned kModuleVersion = 2;

}  // namespace software_cuda
