// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "../kernel/interface.h"
#include "memory.hpp"

namespace software_cuda {

class Context;

/** A loaded shared object that the software NVRTC made. */
struct LoadedModule {
  LoadedModule(Context &context, const void *image);
  ~LoadedModule();
  LoadedModule(const LoadedModule &) = delete;
  LoadedModule &operator=(const LoadedModule &) = delete;

  Context &context;
  const Module *table = nullptr;

  /** A variable of namespace scope; 0 bytes where there is none of that name. */
  Range variable(const std::string &name) const;

 private:
  /** Of nothing yet: what goes wrong after this is cleaned up. */
  explicit LoadedModule(Context &context) : context(context) {}

  void load(const void *object, std::size_t bytes);

  int file_ = -1;
  void *object_ = nullptr;
};

struct Function {
  Function(LoadedModule &module, const Kernel &kernel);

  Context &context;
  LoadedModule &module;
  const Kernel &kernel;
  std::size_t maxDynamicShared;
};

}  // namespace software_cuda
