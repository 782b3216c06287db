// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "../kernel/interface.h"

namespace software_cuda {

struct Function;

/** The arguments of a launch, copied when it is queued. */
class Arguments {
 public:
  Arguments(const Kernel &kernel, void *const *values);

  /** From one buffer in which they lie one after another, each at its alignment. */
  Arguments(const Kernel &kernel, const void *buffer, std::size_t bytes);

  /** What a kernel reads: one pointer an argument. */
  std::vector<void *> pointers() const;

 private:
  void layOut(const Kernel &kernel);

  std::vector<std::size_t> offsets_;
  std::shared_ptr<std::vector<std::max_align_t>> bytes_;
};

struct Launch {
  Index3 grid;
  Index3 block;
  std::size_t dynamicShared;
};

/** Throws where no device could launch this. */
void check(const Function &function, const Launch &launch);

}  // namespace software_cuda
