// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "context.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "counters.hpp"
#include "memory.hpp"
#include "module.hpp"
#include "registry.hpp"

namespace software_cuda {
namespace {

std::mt19937_64 &generator() {
  static std::mt19937_64 &instance = *new std::mt19937_64(1);
  return instance;
}

const void *const kLegacyHandle = reinterpret_cast<const void *>(1);
const void *const kPerThreadHandle = reinterpret_cast<const void *>(2);

/** What a task adds to the counters when it is queued; what a graph launch does counts as that launch alone. */
void tally(const Task &task) {
  Counters &count = counters();
  switch (task.kind) {
    case Work::Kernel:
      count.launches++;
      count.kernelLaunches++;
      break;
    case Work::Cublas:
      count.launches++;
      break;
    case Work::Cudnn:
      count.launches++;
      break;
    case Work::CopyHostToDevice:
      count.copiesHostToDevice++;
      count.bytesHostToDevice += task.bytes;
      break;
    case Work::CopyDeviceToHost:
      count.copiesDeviceToHost++;
      count.bytesDeviceToHost += task.bytes;
      break;
    case Work::CopyDeviceToDevice:
      count.copiesDeviceToDevice++;
      break;
    case Work::Memset:
      count.memsets++;
      break;
    case Work::GraphLaunch:
      count.graphLaunches++;
      break;
    case Work::CopyHostToHost:
    case Work::HostFunction:
    case Work::Marker:
      break;
  }
}

bool precedes(const Operation &operation, const Stream &stream) {
  return std::any_of(stream.queue.begin(), stream.queue.end(),
                     [&](const OperationRef &queued) { return queued.get() == &operation; });
}

}  // namespace

std::size_t randomBelow(std::size_t bound) { return generator()() % bound; }

void seedRandom(unsigned long long seed) { generator().seed(seed); }

Event::Event(Context &context, unsigned flags) : context(context), flags(flags) { counters().events++; }

Event::~Event() { counters().events--; }

Context::~Context() = default;

Stream &Context::createStream(Stream::Kind kind, unsigned flags, int priority) {
  streams_.push_back(std::make_unique<Stream>(*this, kind, flags, priority));
  counters().streams++;
  return *streams_.back();
}

void Context::destroyStream(Stream &stream) {
  const auto found =
      std::find_if(streams_.begin(), streams_.end(), [&](const auto &owned) { return owned.get() == &stream; });
  require(found != streams_.end(), Status::InvalidHandle, "the default streams cannot be destroyed");
  refuseCaptured(stream);
  orphans_.push_back(std::move(*found));
  streams_.erase(found);
  counters().streams--;
  dropIdleOrphans();
}

Stream &Context::stream(const void *handle) {
  if (handle == nullptr || handle == kLegacyHandle) return legacy_;
  if (handle == kPerThreadHandle) {
    auto &own = perThread_[std::this_thread::get_id()];
    if (own == nullptr) own = std::make_unique<Stream>(*this, Stream::Kind::Blocking, 0, 0);
    return *own;
  }
  for (const auto &owned : streams_) {
    if (owned.get() == handle) return *owned;
  }
  fail(Status::InvalidHandle, "no live stream of the current context has this handle");
}

void Context::submit(Stream &stream, Task task) {
  refuseImplicit(stream);
  if (stream.capture != nullptr) {
    require(stream.capture->valid, Status::CaptureInvalidated, "an earlier call spoilt the capture");
    stream.capture->nodes.push_back(Node{std::move(task), stream.tails});
    stream.tails = {stream.capture->nodes.size() - 1};
    return;
  }
  tally(task);
  enqueue(stream, std::make_shared<Operation>(std::move(task)));
}

void Context::enqueue(Stream &stream, const OperationRef &operation) {
  const auto follow = [&](const Stream &other) {
    if (!other.isIdle()) operation->after.push_back(other.last);
  };
  if (stream.kind == Stream::Kind::Legacy) {
    for (const auto *streams : {&streams_, &orphans_}) {
      for (const auto &other : *streams) {
        if (other->kind == Stream::Kind::Blocking) follow(*other);
      }
    }
    for (const auto &own : perThread_) follow(*own.second);
  } else if (stream.kind == Stream::Kind::Blocking) {
    follow(legacy_);
  }
  stream.queue.push_back(operation);
  stream.last = operation;
}

void Context::record(Stream &stream, Event &event) {
  refuseImplicit(stream);
  if (stream.capture != nullptr) {
    event.recorded = nullptr;
    event.capture = stream.capture;
    event.nodes = stream.tails;
    return;
  }
  event.capture = nullptr;
  event.recorded = std::make_shared<Operation>(Task{Work::Marker, "event", 0, [] {}});
  enqueue(stream, event.recorded);
}

void Context::wait(Stream &stream, const Event &event) {
  refuseImplicit(stream);
  if (event.capture != nullptr) {
    require(!event.capture->ended, Status::CapturedEvent, "the event was recorded in a capture that has ended");
    if (stream.capture == nullptr) {
      stream.capture = event.capture;
      stream.tails.clear();
      event.capture->members.push_back(&stream);
    }
    require(stream.capture == event.capture, Status::CaptureMerge, "the event belongs to another capture");
    for (const std::size_t node : event.nodes) {
      if (std::find(stream.tails.begin(), stream.tails.end(), node) == stream.tails.end()) {
        stream.tails.push_back(node);
      }
    }
    return;
  }
  if (stream.capture != nullptr) {
    stream.capture->valid = false;
    fail(Status::CaptureIsolation, "a captured stream waits for an event that was recorded outside the capture");
  }
  if (event.recorded == nullptr || event.recorded->done) return;
  auto marker = std::make_shared<Operation>(Task{Work::Marker, "wait", 0, [] {}});
  marker->after.push_back(event.recorded);
  enqueue(stream, marker);
}

std::vector<Stream *> Context::runnable(const OperationRef *wanted) const {
  std::vector<Stream *> heads;
  const auto consider = [&](const Stream &stream) {
    if (stream.queue.empty() || !stream.queue.front()->isReady()) return;
    if (wanted == nullptr || precedes(**wanted, stream)) heads.push_back(const_cast<Stream *>(&stream));
  };
  consider(legacy_);
  for (const auto &own : perThread_) consider(*own.second);
  for (const auto *streams : {&streams_, &orphans_}) {
    for (const auto &stream : *streams) consider(*stream);
  }
  return heads;
}

void Context::runHead(Stream &stream) {
  const OperationRef operation = stream.queue.front();
  stream.queue.pop_front();
  if (error == Status::Success) {
    try {
      operation->task.run();
    } catch (const Failure &failure) {
      error = failure.status;
      report(operation->task.name + ": " + failure.what());
    }
  }
  operation->complete();
}

void Context::finish(const OperationRef &operation) {
  // Now and then nothing but what the caller asked for, so that what it did not ask for is late.
  const bool reluctant = randomBelow(2) == 0;
  while (operation != nullptr && !operation->done) {
    std::vector<Stream *> heads;
    if (reluctant) heads = runnable(&operation);
    if (heads.empty()) heads = runnable(nullptr);
    require(!heads.empty(), Status::Unknown, "operations wait for each other in a circle");
    runHead(*heads[randomBelow(heads.size())]);
  }
  dropIdleOrphans();
  if (error != Status::Success) fail(error, "an earlier operation of this context failed");
}

void Context::finishAll() {
  for (auto heads = runnable(nullptr); !heads.empty(); heads = runnable(nullptr)) {
    runHead(*heads[randomBelow(heads.size())]);
  }
  dropIdleOrphans();
  if (error != Status::Success) fail(error, "an earlier operation of this context failed");
}

void Context::progress() {
  const std::vector<Stream *> heads = runnable(nullptr);
  if (!heads.empty()) runHead(*heads[randomBelow(heads.size())]);
}

bool Context::isIdle() const {
  const auto idle = [](const auto &stream) { return stream->isIdle(); };
  return legacy_.isIdle() && std::all_of(streams_.begin(), streams_.end(), idle) &&
         std::all_of(orphans_.begin(), orphans_.end(), idle) &&
         std::all_of(perThread_.begin(), perThread_.end(), [](const auto &own) { return own.second->isIdle(); });
}

void Context::dropIdleOrphans() {
  orphans_.erase(
      std::remove_if(orphans_.begin(), orphans_.end(), [](const auto &stream) { return stream->isIdle(); }),
      orphans_.end());
}

void Context::destroyContents() {
  std::size_t leaked = streams_.size();
  counters().streams -= streams_.size();
  streams_.clear();
  orphans_.clear();
  leaked += Registry<Event>::instance().destroyAll(this);
  leaked += Registry<Graph>::instance().destroyAll(this);
  leaked += Registry<ExecutableGraph>::instance().destroyAll(this);
  Registry<Function>::instance().destroyAll(this);
  leaked += Registry<LoadedModule>::instance().destroyAll(this);
  leaked += deviceMemory().releaseAll(this);
  leaked += pinnedMemory().releaseAll(this);
  counters().leaked += leaked;
}

}  // namespace software_cuda
