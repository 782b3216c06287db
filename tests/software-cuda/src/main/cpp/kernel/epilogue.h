// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Stands after every kernel source and the table of its kernels, and is not preprocessed.

extern "C" char __ehdr_start[] __attribute__((visibility("hidden")));
extern "C" char _end[] __attribute__((visibility("hidden")));

// Kernels without shared memory have no such section, so it gets a first byte that nobody uses.
static __attribute__((section("software_cuda_shared"), used)) char software_cuda_shared_used = 0;
extern "C" char __start_software_cuda_shared[] __attribute__((visibility("hidden")));
extern "C" char __stop_software_cuda_shared[] __attribute__((visibility("hidden")));

namespace software_cuda {

__attribute__((no_sanitize("kernel-address", "undefined"))) inline Range between(const char *begin, const char *end) {
  return {(unsigned long)begin, (unsigned long)(end - begin)};
}

}  // namespace software_cuda

extern "C" __attribute__((visibility("default"))) software_cuda::Module softwareCudaModule;

software_cuda::Module softwareCudaModule = {
    software_cuda::kModuleVersion,
    software_cuda::kernels,
    sizeof software_cuda::kernels / sizeof *software_cuda::kernels - 1,
    &software_cuda::state,
    &software_cuda::services,
    software_cuda::recent,
    sizeof software_cuda::recent / sizeof *software_cuda::recent,
    software_cuda::between(__start_software_cuda_shared, __stop_software_cuda_shared),
    software_cuda::between(software_cuda::dynamicShared,
                           software_cuda::dynamicShared + sizeof software_cuda::dynamicShared),
    software_cuda::between(__ehdr_start, _end),
};
