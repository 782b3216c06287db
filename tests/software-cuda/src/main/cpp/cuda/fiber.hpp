// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "../kernel/interface.h"

namespace software_cuda {

/** A stack on which CUDA threads run, so that one can stop in the middle while others go on. */
class Fiber {
 public:
  static constexpr std::size_t kStackBytes = std::size_t{128} << 10;

  Fiber();
  ~Fiber();
  Fiber(const Fiber &) = delete;
  Fiber &operator=(const Fiber &) = delete;

  /** Makes the next resume call `entry`, which must end by suspending and never return. */
  void start(void (*entry)());

  /** Goes on where the fiber stopped, until it suspends again. */
  void resume();

  /** Called on the fiber: goes back to where it was resumed. */
  void suspend();

  Range stack() const;

  /** The thread that is on this fiber, as long as it is not finished. */
  unsigned thread = 0;
  bool occupied = false;
  Wait waitsFor{};
  unsigned long long result = 0;

 private:
  char *memory_;
  void *stackPointer_ = nullptr;
  void *resumer_ = nullptr;
};

/** Fibers that are used again and again, since a stack costs more than a thread. */
class FiberPool {
 public:
  Fiber &take();
  void giveBack(Fiber &fiber) { idle_.push_back(&fiber); }

 private:
  std::vector<std::unique_ptr<Fiber>> all_;
  std::vector<Fiber *> idle_;
};

}  // namespace software_cuda
