// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "graph.hpp"

#include <utility>

#include "context.hpp"
#include "counters.hpp"
#include "stream.hpp"

namespace software_cuda {

Graph::Graph(Context &context, std::vector<Node> nodes) : context(context), nodes(std::move(nodes)) {
  counters().graphs++;
}

Graph::~Graph() { counters().graphs--; }

void run(const std::vector<Node> &nodes) {
  std::vector<std::size_t> waitsFor(nodes.size());
  std::vector<std::vector<std::size_t>> releases(nodes.size());
  std::vector<std::size_t> ready;
  for (std::size_t node = 0; node < nodes.size(); node++) {
    waitsFor[node] = nodes[node].after.size();
    for (const std::size_t earlier : nodes[node].after) releases[earlier].push_back(node);
    if (waitsFor[node] == 0) ready.push_back(node);
  }
  while (!ready.empty()) {
    std::swap(ready[randomBelow(ready.size())], ready.back());
    const std::size_t node = ready.back();
    ready.pop_back();
    nodes[node].task.run();
    counters().graphNodes++;
    for (const std::size_t later : releases[node]) {
      if (--waitsFor[later] == 0) ready.push_back(later);
    }
  }
}

bool Capture::isJoined() const {
  std::vector<bool> reached(nodes.size(), false);
  for (const std::size_t tail : origin->tails) reached[tail] = true;
  for (std::size_t node = nodes.size(); node-- > 0;) {
    if (!reached[node]) return false;
    for (const std::size_t earlier : nodes[node].after) reached[earlier] = true;
  }
  return true;
}

}  // namespace software_cuda
