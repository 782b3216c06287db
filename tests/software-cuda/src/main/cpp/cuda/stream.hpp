// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "graph.hpp"
#include "operation.hpp"

namespace software_cuda {

class Context;

/** A queue of operations that are carried out in order, but not before somebody waits for something. */
struct Stream {
  /** The legacy default stream waits for every blocking stream and they for it; a non-blocking one ignores it. */
  enum class Kind { Legacy, Blocking, NonBlocking };

  Stream(Context &context, Kind kind, unsigned flags, int priority)
      : context(context), kind(kind), flags(flags), priority(priority) {}

  Context &context;
  const Kind kind;
  const unsigned flags;
  const int priority;
  std::deque<OperationRef> queue;
  /** The latest that was queued, done or not; null at first. */
  OperationRef last;

  /** Where its work goes while it is captured, and the nodes that the next one waits for. */
  std::shared_ptr<Capture> capture;
  std::vector<std::size_t> tails;

  bool isIdle() const { return last == nullptr || last->done; }
};

struct Event {
  Event(Context &context, unsigned flags);
  ~Event();
  Event(const Event &) = delete;
  Event &operator=(const Event &) = delete;

  static constexpr unsigned kDisableTiming = 2;

  Context &context;
  const unsigned flags;
  /** What it was last recorded as; null at first. */
  OperationRef recorded;

  /** Set instead when that was in a captured stream. */
  std::shared_ptr<Capture> capture;
  std::vector<std::size_t> nodes;
};

}  // namespace software_cuda
