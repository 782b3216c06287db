// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <thread>
#include <vector>

#include "operation.hpp"

namespace software_cuda {

class Context;
struct Stream;

struct Node {
  Task task;
  /** Indices of the nodes that it waits for; all smaller than its own. */
  std::vector<std::size_t> after;
};

/** A graph of tasks, or one that was instantiated: the two differ in what may be done with them only. */
struct Graph {
  Graph(Context &context, std::vector<Node> nodes);
  ~Graph();
  Graph(const Graph &) = delete;
  Graph &operator=(const Graph &) = delete;

  Context &context;
  const std::vector<Node> nodes;
};

struct ExecutableGraph : Graph {
  using Graph::Graph;
};

/** Runs every node once, in a random order that respects the graph. */
void run(const std::vector<Node> &nodes);

/** What streams record between cuStreamBeginCapture and cuStreamEndCapture. */
struct Capture {
  enum class Mode : unsigned { Global = 0, ThreadLocal = 1, Relaxed = 2 };

  Stream *origin;
  Mode mode;
  std::thread::id thread;
  bool valid = true;
  bool ended = false;
  std::vector<Node> nodes{};
  /** The origin, and every stream that an event brought in. */
  std::vector<Stream *> members{};

  /** Whether every node is the origin's last or comes before it. */
  bool isJoined() const;
};

}  // namespace software_cuda
