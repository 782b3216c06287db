// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// How a kernel reaches the driver, and the checks that the compiler calls.

#pragma once

namespace software_cuda {

static ThreadState state;
static const Services *services;
static Range recent[6];

/** Ends the kernel. The driver does not come back from it. */
[[noreturn]] SOFTWARE_CUDA_UNCHECKED inline void fault(const Fault &what) {
  services->fault(what);
  __builtin_unreachable();
}

/** Finds the memory that an access goes to, and ends the kernel where there is none. */
SOFTWARE_CUDA_UNCHECKED __attribute__((noinline)) static void lookUp(unsigned long address, unsigned long bytes,
                                                                      bool write) {
  static unsigned oldest = 1;
  const Range range = services->rangeAround(address);
  if (range.bytes == 0 || address + bytes > range.begin + range.bytes) {
    fault({FaultKind::Address, address, bytes, write, nullptr, 0});
  }
  recent[oldest] = range;
  oldest = oldest + 1 == sizeof recent / sizeof *recent ? 1 : oldest + 1;
}

SOFTWARE_CUDA_UNCHECKED inline void check(unsigned long address, unsigned long bytes, bool write) {
  for (const Range &range : recent) {
    const unsigned long offset = address - range.begin;
    if (offset < range.bytes && bytes <= range.bytes - offset) return;
  }
  lookUp(address, bytes, write);
}

SOFTWARE_CUDA_UNCHECKED inline unsigned long long wait(WaitKind kind, unsigned mask, unsigned long long value,
                                                       unsigned source, int line) {
  return services->wait({kind, mask, value, source, line});
}

}  // namespace software_cuda

// The compiler calls these before each access, as -fsanitize=kernel-address asks for.
#define SOFTWARE_CUDA_CHECKS(bytes)                                                                  \
  extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_load##bytes##_noabort(unsigned long address) {      \
    software_cuda::check(address, bytes, false);                                                     \
  }                                                                                                  \
  extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_store##bytes##_noabort(unsigned long address) {     \
    software_cuda::check(address, bytes, true);                                                      \
  }
SOFTWARE_CUDA_CHECKS(1)
SOFTWARE_CUDA_CHECKS(2)
SOFTWARE_CUDA_CHECKS(4)
SOFTWARE_CUDA_CHECKS(8)
SOFTWARE_CUDA_CHECKS(16)
#undef SOFTWARE_CUDA_CHECKS

extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_loadN_noabort(unsigned long address, unsigned long bytes) {
  if (bytes > 0) software_cuda::check(address, bytes, false);
}

extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_storeN_noabort(unsigned long address, unsigned long bytes) {
  if (bytes > 0) software_cuda::check(address, bytes, true);
}

extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_handle_no_return() {}
extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_before_dynamic_init(const char *) {}
extern "C" SOFTWARE_CUDA_UNCHECKED void __asan_after_dynamic_init() {}

// And these where -fsanitize=alignment, bounds and integer-divide-by-zero find something. The first word of what they
// get is the place in the source: file, line, column.
namespace software_cuda {
struct Place {
  const char *file;
  unsigned line;
  unsigned column;
};
}  // namespace software_cuda

extern "C" SOFTWARE_CUDA_UNCHECKED void __ubsan_handle_type_mismatch_v1(const software_cuda::Place *place,
                                                                        unsigned long address) {
  software_cuda::fault({software_cuda::FaultKind::Alignment, address, 0, false, nullptr, (int)place->line});
}

extern "C" SOFTWARE_CUDA_UNCHECKED void __ubsan_handle_out_of_bounds(const software_cuda::Place *place, unsigned long) {
  software_cuda::fault({software_cuda::FaultKind::SharedBounds, 0, 0, false, nullptr, (int)place->line});
}

extern "C" SOFTWARE_CUDA_UNCHECKED void __ubsan_handle_divrem_overflow(const software_cuda::Place *place, unsigned long,
                                                                       unsigned long) {
  software_cuda::fault({software_cuda::FaultKind::Division, 0, 0, false, nullptr, (int)place->line});
}

#define assert(condition)                                                                                         \
  ((condition) ? (void)0                                                                                          \
               : software_cuda::fault({software_cuda::FaultKind::Assertion, 0, 0, false, #condition, __LINE__}))

inline void __trap(int line = __builtin_LINE()) {
  software_cuda::fault({software_cuda::FaultKind::Trap, 0, 0, false, nullptr, line});
}

extern "C" int printf(const char *format, ...) noexcept;
