// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "grid.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "context.hpp"
#include "device.hpp"
#include "fiber.hpp"
#include "memory.hpp"
#include "module.hpp"

namespace software_cuda {
namespace {

constexpr int kPoison = 0xFF;

/**
 * A running grid. Blocks run one after another, and within a block threads one after another, each until it ends or
 * has to wait: a fiber runs threads until one of them waits, then the next fiber goes on with the next thread. A kernel
 * without barriers so needs a single fiber and no switch. The order of blocks and of threads is forwards or backwards,
 * by chance, so that a kernel that relies on one of them fails with some seed.
 */
class Grid {
 public:
  Grid(const Function &function, const Launch &launch, void **arguments)
      : function_(function), module_(*function.module.table), launch_(launch), arguments_(arguments) {}

  void run();

  unsigned long long wait(const Wait &wait);
  [[noreturn]] void stop(const Fault &fault);
  Range rangeAround(std::uintptr_t address) const;

  /** The grid that runs, as services of a kernel have no argument for it. Guarded by the lock of the library. */
  static Grid *running;

 private:
  void runBlock();
  void startThreads();
  void runThreads();
  void release();
  bool releaseBlock();
  void releaseWarp(unsigned warp);
  void resume(Fiber &fiber);
  void setThread(unsigned thread);
  Fiber *onLane(unsigned warp, unsigned lane);
  std::string describeDivergence() const;
  std::string where(unsigned thread) const;
  std::string describe(const Fault &fault) const;

  static void threadEntry() { running->runThreads(); }
  static FiberPool &pool() {
    static FiberPool &instance = *new FiberPool;
    return instance;
  }

  const Function &function_;
  const Module &module_;
  const Launch launch_;
  void **arguments_;
  const unsigned threads_ = launch_.block.x * launch_.block.y * launch_.block.z;
  bool backwards_ = false;
  unsigned started_ = 0;
  unsigned finished_ = 0;
  /** The fiber of each thread that waits, else null. */
  std::vector<Fiber *> waiting_ = std::vector<Fiber *>(threads_, nullptr);
  std::vector<Fiber *> released_;
  Fiber *current_ = nullptr;
  std::unique_ptr<Failure> failure_;
};

Grid *Grid::running = nullptr;

const Services kServices = {
    [](const Wait &wait) { return Grid::running->wait(wait); },
    [](const Fault &fault) { Grid::running->stop(fault); },
    [](unsigned long address) { return Grid::running->rangeAround(address); },
};

void Grid::run() {
  running = this;
  *module_.services = &kServices;
  std::fill(module_.recent, module_.recent + module_.recentCount, Range{0, 0});
  ThreadState &state = *module_.state;
  state.blockSize = launch_.block;
  state.gridSize = launch_.grid;
  const std::uint64_t blocks = std::uint64_t{launch_.grid.x} * launch_.grid.y * launch_.grid.z;
  const bool blocksBackwards = randomBelow(2) == 0;
  backwards_ = randomBelow(2) == 0;
  for (std::uint64_t next = 0; next < blocks && failure_ == nullptr; next++) {
    const std::uint64_t block = blocksBackwards ? blocks - 1 - next : next;
    state.block = {static_cast<unsigned>(block % launch_.grid.x),
                   static_cast<unsigned>(block / launch_.grid.x % launch_.grid.y),
                   static_cast<unsigned>(block / launch_.grid.x / launch_.grid.y)};
    runBlock();
  }
  running = nullptr;
  if (failure_ != nullptr) throw Failure(*failure_);
}

void Grid::runBlock() {
  std::memset(reinterpret_cast<void *>(module_.staticShared.begin), kPoison, module_.staticShared.bytes);
  std::memset(reinterpret_cast<void *>(module_.dynamicShared.begin), kPoison, launch_.dynamicShared);
  started_ = 0;
  finished_ = 0;
  startThreads();
  while (failure_ == nullptr && finished_ < threads_) {
    release();
    for (Fiber *fiber : released_) {
      if (failure_ == nullptr) resume(*fiber);
    }
  }
  // After a failure threads may hang in their fibers; a fiber begins anew, so they are simply forgotten.
  for (Fiber *&fiber : waiting_) {
    if (fiber != nullptr) pool().giveBack(*fiber);
    fiber = nullptr;
  }
}

void Grid::startThreads() {
  while (started_ < threads_ && failure_ == nullptr) {
    Fiber &fiber = pool().take();
    fiber.start(threadEntry);
    resume(fiber);
  }
}

/** On a fiber: thread after thread, until none is left to start. */
void Grid::runThreads() {
  Fiber &own = *current_;
  while (started_ < threads_) {
    const unsigned next = started_++;
    own.thread = backwards_ ? threads_ - 1 - next : next;
    setThread(own.thread);
    own.occupied = true;
    function_.kernel.run(arguments_);
    own.occupied = false;
    finished_++;
  }
  for (;;) own.suspend();
}

void Grid::resume(Fiber &fiber) {
  current_ = &fiber;
  if (fiber.occupied) setThread(fiber.thread);
  module_.recent[0] = fiber.stack();
  fiber.resume();
  current_ = nullptr;
  if (!fiber.occupied || failure_ != nullptr) {
    fiber.occupied = false;
    pool().giveBack(fiber);
  } else {
    waiting_[fiber.thread] = &fiber;
  }
}

void Grid::setThread(unsigned thread) {
  module_.state->thread = {thread % launch_.block.x, thread / launch_.block.x % launch_.block.y,
                           thread / launch_.block.x / launch_.block.y};
}

unsigned long long Grid::wait(const Wait &wait) {
  Fiber &own = *current_;
  own.waitsFor = wait;
  own.suspend();
  return own.result;
}

void Grid::stop(const Fault &fault) {
  Status status = Status::IllegalAddress;
  switch (fault.kind) {
    case FaultKind::Address:
    case FaultKind::SharedBounds:
      break;
    case FaultKind::Alignment:
      status = Status::MisalignedAddress;
      break;
    case FaultKind::Assertion:
      status = Status::Assert;
      break;
    case FaultKind::Division:
    case FaultKind::Trap:
      status = Status::LaunchFailed;
      break;
  }
  Fiber &own = *current_;
  failure_ = std::make_unique<Failure>(status, describe(fault) + ", in " + where(own.thread));
  for (;;) own.suspend();
}

Range Grid::rangeAround(std::uintptr_t address) const {
  const auto in = [address](const Range &range) { return address - range.begin < range.bytes; };
  if (const DeviceMemory::Block *block = deviceMemory().holding(address, 1)) return {block->address, block->bytes};
  const PinnedMemory::Range *pinned = pinnedMemory().holding(reinterpret_cast<const void *>(address), 1);
  if (pinned != nullptr) return {pinned->start, pinned->bytes};
  if (in(module_.dynamicShared)) {
    const Range used = {module_.dynamicShared.begin, launch_.dynamicShared};
    return in(used) ? used : Range{0, 0};
  }
  if (in(module_.staticShared)) return module_.staticShared;
  if (in(module_.image)) return {address / 16 * 16, 16};
  return {0, 0};
}

/** Chooses the waiting threads that may go on; a failure where none may, so that none ever would. */
void Grid::release() {
  released_.clear();
  if (releaseBlock()) return;
  for (unsigned warp = 0; warp * kWarpSize < threads_ && failure_ == nullptr; warp++) releaseWarp(warp);
  if (released_.empty() && failure_ == nullptr) {
    failure_ = std::make_unique<Failure>(Status::LaunchFailed, describeDivergence());
  }
}

/** All threads of the block must stand at the same barrier; those that have ended do not count as there. */
bool Grid::releaseBlock() {
  unsigned long long brought = 0;
  const Fiber *first = waiting_[0];
  for (const Fiber *fiber : waiting_) {
    if (fiber == nullptr || fiber->waitsFor.kind != WaitKind::BlockBarrier) return false;
    if (fiber->waitsFor.line != first->waitsFor.line) return false;
    brought += fiber->waitsFor.value != 0 ? 1 : 0;
  }
  for (unsigned next = 0; next < threads_; next++) {
    Fiber *&fiber = waiting_[backwards_ ? threads_ - 1 - next : next];
    fiber->result = brought;
    released_.push_back(fiber);
    fiber = nullptr;
  }
  return true;
}

Fiber *Grid::onLane(unsigned warp, unsigned lane) {
  const unsigned thread = warp * kWarpSize + lane;
  return thread < threads_ ? waiting_[thread] : nullptr;
}

/**
 * Lanes that name each other in their masks go on together once all of them that have not ended stand at the same
 * call. Several groups of one warp may do so at a time.
 */
void Grid::releaseWarp(unsigned warp) {
  for (unsigned lane = 0; lane < kWarpSize; lane++) {
    const Fiber *leader = onLane(warp, lane);
    if (leader == nullptr || leader->waitsFor.kind == WaitKind::BlockBarrier) continue;
    const Wait wait = leader->waitsFor;
    if ((wait.mask >> lane & 1) == 0) continue;
    // Not yet ended and in the mask: must be here. An ended thread has no fiber, nor has one that runs, but none runs.
    std::vector<Fiber *> group;
    unsigned long long votes = 0;
    bool complete = true;
    for (unsigned other = 0; other < kWarpSize && complete; other++) {
      Fiber *fiber = (wait.mask >> other & 1) != 0 ? onLane(warp, other) : nullptr;
      if (fiber == nullptr) continue;
      const Wait &theirs = fiber->waitsFor;
      complete = theirs.kind == wait.kind && theirs.mask == wait.mask && theirs.line == wait.line;
      group.push_back(fiber);
      votes |= theirs.value != 0 ? 1ULL << other : 0;
    }
    if (!complete) continue;
    if (wait.kind == WaitKind::WarpShuffle) {
      for (Fiber *fiber : group) {
        const unsigned source = fiber->waitsFor.source;
        const Fiber *from = (wait.mask >> source & 1) != 0 ? onLane(warp, source) : nullptr;
        if (from == nullptr) {
          failure_ = std::make_unique<Failure>(
              Status::LaunchFailed, "a shuffle at line " + std::to_string(wait.line) + " reads lane " +
                                        std::to_string(source) + ", which takes no part, in " + where(fiber->thread));
          return;
        }
        fiber->result = from->waitsFor.value;
      }
    } else {
      for (Fiber *fiber : group) fiber->result = votes;
    }
    for (Fiber *fiber : group) {
      waiting_[fiber->thread] = nullptr;
      released_.push_back(fiber);
    }
  }
}

std::string Grid::describeDivergence() const {
  unsigned atBarrier = 0;
  unsigned atWarp = 0;
  const Fiber *example = nullptr;
  for (const Fiber *fiber : waiting_) {
    if (fiber == nullptr) continue;
    (fiber->waitsFor.kind == WaitKind::BlockBarrier ? atBarrier : atWarp)++;
    if (example == nullptr) example = fiber;
  }
  return "divergent: of " + std::to_string(threads_) + " threads " + std::to_string(atBarrier) +
         " wait at __syncthreads, " + std::to_string(atWarp) + " for other lanes of their warp and " +
         std::to_string(finished_) + " have ended; one of the first waits at line " +
         std::to_string(example->waitsFor.line) + ", in " + where(example->thread);
}

std::string Grid::where(unsigned thread) const {
  const auto triple = [](unsigned x, unsigned y, unsigned z) {
    return "(" + std::to_string(x) + ", " + std::to_string(y) + ", " + std::to_string(z) + ")";
  };
  const Index3 &block = module_.state->block;
  return "block " + triple(block.x, block.y, block.z) + ", thread " +
         triple(thread % launch_.block.x, thread / launch_.block.x % launch_.block.y,
                thread / launch_.block.x / launch_.block.y);
}

std::string Grid::describe(const Fault &fault) const {
  const std::string line = fault.line > 0 ? " at line " + std::to_string(fault.line) : "";
  switch (fault.kind) {
    case FaultKind::Address: {
      const Range &shared = module_.dynamicShared;
      const bool isShared = fault.address - shared.begin < shared.bytes;
      return std::string(fault.write ? "writes " : "reads ") + std::to_string(fault.bytes) + " bytes at " +
             (isShared ? "byte " + std::to_string(fault.address - shared.begin) + " of dynamic shared memory, of" +
                             " which " + std::to_string(launch_.dynamicShared) + " bytes were asked for"
                       : deviceMemory().locate(fault.address));
    }
    case FaultKind::Alignment:
      return "misaligned access to " + deviceMemory().locate(fault.address) + line;
    case FaultKind::SharedBounds:
      return "an index beyond its array" + line;
    case FaultKind::Division:
      return "an integer division by zero" + line;
    case FaultKind::Assertion:
      return std::string("assertion failed") + line + ": " + fault.text;
    case FaultKind::Trap:
      return "__trap()" + line;
  }
  return "an unknown fault";
}

}  // namespace

void run(const Function &function, const Launch &launch, const Arguments &arguments) {
  std::vector<void *> pointers = arguments.pointers();
  Grid(function, launch, pointers.data()).run();
}

}  // namespace software_cuda
