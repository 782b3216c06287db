// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Streams, events and host functions.

#include <chrono>
#include <thread>

#include "api.hpp"
#include "counters.hpp"
#include "registry.hpp"

using namespace software_cuda;

namespace {

constexpr unsigned kNonBlocking = 1;

Event &eventOf(void *handle) { return Registry<Event>::instance().get(handle, "event"); }

void requireReady(Context &context, bool done) {
  if (done) return;
  context.progress();
  fail(Status::NotReady, "work is under way");
}

/**
 * Runs a function of the caller's, in which no call of CUDA is allowed. In a thread of its own, as a driver does: the
 * one that waits may be in a state in which a JVM runs no code.
 */
void runHostFunction(const std::function<void()> &function) {
  std::thread([&] {
    insideHostFunction() = true;
    function();
  }).join();
}

void create(Context &context, void **stream, unsigned flags, int priority) {
  require(stream != nullptr, Status::InvalidValue, "no place for the stream");
  require((flags & ~kNonBlocking) == 0, Status::InvalidValue, "flags that no stream has");
  *stream = &context.createStream((flags & kNonBlocking) != 0 ? Stream::Kind::NonBlocking : Stream::Kind::Blocking,
                                  flags, priority);
}

}  // namespace

CUDA_API cuStreamCreate(void **stream, unsigned flags) {
  return callInContext(__func__, [&](Context &context) { create(context, stream, flags, 0); });
}

CUDA_API cuStreamCreateWithPriority(void **stream, unsigned flags, int priority) {
  return callInContext(__func__, [&](Context &context) { create(context, stream, flags, priority); });
}

CUDA_API cuStreamDestroy_v2(void *stream) {
  return callInContext(__func__, [&](Context &context) { context.destroyStream(context.stream(stream)); });
}

CUDA_API cuStreamSynchronize(void *handle) {
  return callInContext(__func__, [&](Context &context) {
    Stream &stream = context.stream(handle);
    context.refuseCaptured(stream);
    counters().synchronizations++;
    // The legacy stream's end is the end of every blocking stream's work so far.
    if (stream.kind == Stream::Kind::Legacy) {
      context.submit(stream, Task{Work::Marker, "synchronization", 0, [] {}});
    }
    context.finish(stream);
  });
}

CUDA_API cuStreamQuery(void *handle) {
  return callInContext(__func__, [&](Context &context) {
    Stream &stream = context.stream(handle);
    context.refuseCaptured(stream);
    requireReady(context, stream.isIdle());
  });
}

CUDA_API cuStreamGetFlags(void *stream, unsigned *flags) {
  return callInContext(__func__, [&](Context &context) { give(flags, context.stream(stream).flags); });
}

CUDA_API cuStreamGetPriority(void *stream, int *priority) {
  return callInContext(__func__, [&](Context &context) { give(priority, context.stream(stream).priority); });
}

CUDA_API cuStreamGetCtx(void *stream, void **owner) {
  return callInContext(__func__, [&](Context &context) {
    require(owner != nullptr, Status::InvalidValue, "no place for the context");
    *owner = &context.stream(stream).context;
  });
}

CUDA_API cuStreamWaitEvent(void *stream, void *event, unsigned) {
  return callInContext(__func__, [&](Context &context) { context.wait(context.stream(stream), eventOf(event)); });
}

CUDA_API cuLaunchHostFunc(void *stream, void (*function)(void *), void *data) {
  return callInContext(__func__, [&](Context &context) {
    require(function != nullptr, Status::InvalidValue, "no function");
    context.submit(context.stream(stream), Task{Work::HostFunction, "a host function", 0,
                                                [=] { runHostFunction([=] { function(data); }); }});
  });
}

CUDA_API cuStreamAddCallback(void *handle, void (*callback)(void *, int, void *), void *data, unsigned) {
  return callInContext(__func__, [&](Context &context) {
    require(callback != nullptr, Status::InvalidValue, "no callback");
    Stream &stream = context.stream(handle);
    context.refuseCaptured(stream);
    context.submit(stream, Task{Work::HostFunction, "a callback", 0,
                                [=] { runHostFunction([=] { callback(handle, 0, data); }); }});
  });
}

CUDA_API cuEventCreate(void **event, unsigned flags) {
  return callInContext(__func__, [&](Context &context) {
    require(event != nullptr, Status::InvalidValue, "no place for the event");
    *event = &Registry<Event>::instance().create(context, flags);
  });
}

CUDA_API cuEventDestroy_v2(void *event) {
  return callInContext(__func__, [&](Context &) { Registry<Event>::instance().destroy(&eventOf(event)); });
}

CUDA_API cuEventRecord(void *event, void *stream) {
  return callInContext(__func__, [&](Context &context) { context.record(context.stream(stream), eventOf(event)); });
}

CUDA_API cuEventRecordWithFlags(void *event, void *stream, unsigned) { return cuEventRecord(event, stream); }

CUDA_API cuEventSynchronize(void *handle) {
  return callInContext(__func__, [&](Context &context) {
    const Event &event = eventOf(handle);
    require(event.capture == nullptr, Status::CapturedEvent, "the event was recorded in a captured stream");
    counters().synchronizations++;
    context.finish(event.recorded);
  });
}

CUDA_API cuEventQuery(void *handle) {
  return callInContext(__func__, [&](Context &context) {
    const Event &event = eventOf(handle);
    require(event.capture == nullptr, Status::CapturedEvent, "the event was recorded in a captured stream");
    requireReady(context, event.recorded == nullptr || event.recorded->done);
  });
}

CUDA_API cuEventElapsedTime(float *milliseconds, void *from, void *to) {
  return callInContext(__func__, [&](Context &) {
    const Event &start = eventOf(from);
    const Event &end = eventOf(to);
    require(((start.flags | end.flags) & Event::kDisableTiming) == 0, Status::InvalidHandle,
            "an event that was created without timing");
    require(start.recorded != nullptr && end.recorded != nullptr, Status::InvalidHandle, "an event was not recorded");
    require(start.recorded->done && end.recorded->done, Status::NotReady, "an event has not happened yet");
    const std::chrono::duration<float, std::milli> elapsed = end.recorded->finished - start.recorded->finished;
    give(milliseconds, elapsed.count());
  });
}
