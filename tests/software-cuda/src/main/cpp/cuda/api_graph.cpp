// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Stream capture and graphs.

#include <algorithm>

#include "api.hpp"
#include "registry.hpp"

using namespace software_cuda;

namespace {

template <class T>
T &graphOf(void *handle) {
  return Registry<T>::instance().get(handle, "graph");
}

void instantiate(Context &context, void **executable, void *graph) {
  require(executable != nullptr, Status::InvalidValue, "no place for the graph");
  *executable = &Registry<ExecutableGraph>::instance().create(context, graphOf<Graph>(graph).nodes);
}

}  // namespace

CUDA_API cuStreamBeginCapture_v2(void *stream, unsigned mode) {
  return callInContext(__func__, [&](Context &context) {
    require(mode <= static_cast<unsigned>(Capture::Mode::Relaxed), Status::InvalidValue, "no such mode of capture");
    context.beginCapture(context.stream(stream), static_cast<Capture::Mode>(mode));
  });
}

CUDA_API cuStreamEndCapture(void *stream, void **graph) {
  return callInContext(__func__, [&](Context &context) {
    require(graph != nullptr, Status::InvalidValue, "no place for the graph");
    *graph = nullptr;
    *graph = &Registry<Graph>::instance().create(context, context.endCapture(context.stream(stream)));
  });
}

CUDA_API cuStreamIsCapturing(void *handle, int *status) {
  return callInContext(__func__, [&](Context &context) {
    const Stream &stream = context.stream(handle);
    give(status, stream.capture == nullptr ? 0 : stream.capture->valid ? 1 : 2);
  });
}

CUDA_API cuGraphCreate(void **graph, unsigned) {
  return callInContext(__func__, [&](Context &context) {
    require(graph != nullptr, Status::InvalidValue, "no place for the graph");
    *graph = &Registry<Graph>::instance().create(context, std::vector<Node>());
  });
}

CUDA_API cuGraphDestroy(void *graph) {
  return callInContext(__func__, [&](Context &) { Registry<Graph>::instance().destroy(&graphOf<Graph>(graph)); });
}

/** Gives the number of nodes, and as handles of nodes their addresses. */
CUDA_API cuGraphGetNodes(void *handle, const void **nodes, std::size_t *count) {
  return callInContext(__func__, [&](Context &) {
    const Graph &graph = graphOf<Graph>(handle);
    require(count != nullptr, Status::InvalidValue, "no place for the number of nodes");
    if (nodes != nullptr) {
      for (std::size_t index = 0; index < *count; index++) {
        nodes[index] = index < graph.nodes.size() ? &graph.nodes[index] : nullptr;
      }
    }
    *count = nodes == nullptr ? graph.nodes.size() : std::min(*count, graph.nodes.size());
  });
}

CUDA_API cuGraphInstantiateWithFlags(void **executable, void *graph, unsigned long long) {
  return callInContext(__func__, [&](Context &context) { instantiate(context, executable, graph); });
}

CUDA_API cuGraphUpload(void *executable, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    graphOf<ExecutableGraph>(executable);
    context.stream(stream);
  });
}

CUDA_API cuGraphLaunch(void *executable, void *stream) {
  return callInContext(__func__, [&](Context &context) {
    graphOf<ExecutableGraph>(executable);
    context.submit(context.stream(stream), Task{Work::GraphLaunch, "a graph", 0,
                                                [=] { run(graphOf<ExecutableGraph>(executable).nodes); }});
  });
}

CUDA_API cuGraphExecDestroy(void *executable) {
  return callInContext(__func__, [&](Context &context) {
    ExecutableGraph &graph = graphOf<ExecutableGraph>(executable);
    // Launches that are queued may still run.
    context.finishAll();
    Registry<ExecutableGraph>::instance().destroy(&graph);
  });
}
