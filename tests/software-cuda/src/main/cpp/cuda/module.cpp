// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "module.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "../common/image.hpp"
#include "context.hpp"
#include "counters.hpp"
#include "device.hpp"
#include "jit.hpp"

namespace software_cuda {

LoadedModule::LoadedModule(Context &context, const void *image) : LoadedModule(context) {
  require(image != nullptr, Status::InvalidValue, "no image");
  std::string fromText;
  if (std::memcmp(image, "//", 2) == 0) {
    const std::string text = static_cast<const char *>(image);
    if (const auto ptx = readPtx(text)) {
      const std::string object = compilePtx(*ptx, text);
      load(object.data(), object.size());
      requireSame(*ptx, *table);
      return;
    }
    fromText = imageIn(static_cast<const char *>(image));
    image = fromText.data();
    require(fromText.size() > sizeof(ImageHeader), Status::InvalidImage, "text that is no image of a software NVRTC");
  }
  ImageHeader header;
  require(std::memcmp(image, kImageMagic, sizeof kImageMagic) == 0, Status::InvalidImage,
          "the image was not made by the software NVRTC");
  std::memcpy(&header, image, sizeof header);
  require(fromText.empty() || fromText.size() - sizeof header == header.bytes, Status::InvalidImage,
          "the image is cut off");
  const char *object = static_cast<const char *>(image) + sizeof header;
  require(hashOf(object, header.bytes) == header.hash, Status::InvalidImage, "the image is damaged");
  require(header.architecture / 10 == kComputeMajor && header.architecture % 10 <= kComputeMinor,
          Status::NoBinaryForGpu, "the image is for another architecture");
  load(object, header.bytes);
}

LoadedModule::~LoadedModule() {
  if (table != nullptr) {
    deviceMemory().removeVariables(table->image.begin, table->image.begin + table->image.bytes);
    counters().modules--;
  }
  if (object_ != nullptr) dlclose(object_);
  if (file_ >= 0) close(file_);
}

void LoadedModule::load(const void *object, std::size_t bytes) {
  file_ = memfd_create("software-cuda-module", MFD_CLOEXEC);
  const bool written = file_ >= 0 && write(file_, object, bytes) == static_cast<ssize_t>(bytes);
  // The file stays open as long as the module: the loader knows it by this name and takes the next of that name for it.
  const std::string path = "/proc/self/fd/" + std::to_string(file_);
  require(dlopen(path.c_str(), RTLD_NOW | RTLD_NOLOAD) == nullptr, Status::Unknown, "a module was not unloaded");
  if (written) object_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (object_ != nullptr) table = static_cast<const Module *>(dlsym(object_, "softwareCudaModule"));
  if (table == nullptr || table->version != kModuleVersion) {
    const char *why = object_ == nullptr && written ? dlerror() : "not a module of this version";
    const std::string reason = why == nullptr ? "" : why;
    if (object_ != nullptr) dlclose(object_);
    if (file_ >= 0) close(file_);
    table = nullptr;
    object_ = nullptr;
    file_ = -1;
    fail(Status::InvalidImage, reason);
  }
  counters().modules++;
}

Range LoadedModule::variable(const std::string &name) const {
  void *symbol = dlsym(object_, name.c_str());
  if (symbol == nullptr) return {0, 0};
  Dl_info info;
  const ElfW(Sym) *entry = nullptr;
  const auto address = reinterpret_cast<std::uintptr_t>(symbol);
  if (dladdr1(symbol, &info, reinterpret_cast<void **>(const_cast<ElfW(Sym) **>(&entry)), RTLD_DL_SYMENT) == 0 ||
      entry == nullptr || ELF64_ST_TYPE(entry->st_info) != STT_OBJECT ||
      address - table->image.begin >= table->image.bytes) {
    return {0, 0};
  }
  return {address, entry->st_size};
}

Function::Function(LoadedModule &module, const Kernel &kernel)
    : context(module.context),
      module(module),
      kernel(kernel),
      maxDynamicShared(kSharedPerBlock - std::min<std::size_t>(kSharedPerBlock, module.table->staticShared.bytes)) {}

}  // namespace software_cuda
