// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "fiber.hpp"

#include <sys/mman.h>

#include <cstdint>

#include "status.hpp"

#ifndef __x86_64__
#error "JCuda has natives for x86-64 alone, and so has this library."
#endif

// Pushes what the System V ABI says a called function keeps, swaps stacks, pops the same. swapcontext does it too, but
// asks the kernel for the signal mask each time, which is a hundred times slower.
extern "C" void softwareCudaSwitchStack(void **leave, void *enter);
asm(R"(
.text
.hidden softwareCudaSwitchStack
.globl softwareCudaSwitchStack
.type softwareCudaSwitchStack, @function
softwareCudaSwitchStack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size softwareCudaSwitchStack, . - softwareCudaSwitchStack
)");

namespace software_cuda {
namespace {

constexpr std::size_t kGuardBytes = 4096;
constexpr std::size_t kSavedRegisters = 6;

}  // namespace

Fiber::Fiber() {
  void *mapped = mmap(nullptr, kGuardBytes + kStackBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  require(mapped != MAP_FAILED, Status::OutOfMemory, "the host has no memory left for a stack");
  memory_ = static_cast<char *>(mapped);
  // An overflow must not write into another stack.
  mprotect(memory_, kGuardBytes, PROT_NONE);
}

Fiber::~Fiber() { munmap(memory_, kGuardBytes + kStackBytes); }

void Fiber::start(void (*entry)()) {
  auto **top = reinterpret_cast<void **>(memory_ + kGuardBytes + kStackBytes);
  // The entry finds the stack as after a call: a return address lies right below a multiple of 16.
  *--top = nullptr;
  *--top = reinterpret_cast<void *>(entry);
  for (std::size_t saved = 0; saved < kSavedRegisters; saved++) *--top = nullptr;
  stackPointer_ = top;
}

void Fiber::resume() { softwareCudaSwitchStack(&resumer_, stackPointer_); }

void Fiber::suspend() { softwareCudaSwitchStack(&stackPointer_, resumer_); }

Range Fiber::stack() const { return {reinterpret_cast<std::uintptr_t>(memory_ + kGuardBytes), kStackBytes}; }

Fiber &FiberPool::take() {
  if (idle_.empty()) {
    all_.push_back(std::make_unique<Fiber>());
    idle_.push_back(all_.back().get());
  }
  Fiber &fiber = *idle_.back();
  idle_.pop_back();
  return fiber;
}

}  // namespace software_cuda
