// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver_link.hpp"

#include <dlfcn.h>

namespace software_cuda {

const DriverLink *driver() {
  static const DriverLink *const link = []() -> const DriverLink * {
    void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return nullptr;
    void *symbol = dlsym(library, "softwareCudaDriverLink");
    if (symbol == nullptr) return nullptr;
    return reinterpret_cast<const DriverLink *(*)()>(symbol)();
  }();
  return link;
}

}  // namespace software_cuda
