// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "status.hpp"
#include "stream.hpp"

namespace software_cuda {

/** A number below `bound`, from the generator that softwareCudaSeed seeds. */
std::size_t randomBelow(std::size_t bound);
void seedRandom(unsigned long long seed);

/**
 * A context: its streams and what they still have to do.
 *
 * Nothing runs until somebody waits. Then operations run one at a time on the waiting thread, taken from the heads of
 * the streams in a random order, until the one that was waited for is done. A program that forgets to wait, or to order
 * two streams, so gets stale or foreign data, and with another seed perhaps at another place.
 *
 * A fault in a kernel stays: every later call of the context gives its status, as on a real device.
 */
class Context {
 public:
  explicit Context(unsigned flags) : flags(flags) {}
  ~Context();
  Context(const Context &) = delete;
  Context &operator=(const Context &) = delete;

  Stream &createStream(Stream::Kind kind, unsigned flags, int priority);

  /** Its queued work is still done. */
  void destroyStream(Stream &stream);

  /** The stream of a handle; null and CU_STREAM_LEGACY are the legacy one, CU_STREAM_PER_THREAD this thread's own. */
  Stream &stream(const void *handle);

  /** Queues a task, or adds it to the graph that the stream is captured into. */
  void submit(Stream &stream, Task task);

  void record(Stream &stream, Event &event);
  void wait(Stream &stream, const Event &event);

  /** Carries out work until the operation is done. */
  void finish(const OperationRef &operation);
  void finish(const Stream &stream) { finish(stream.last); }
  void finishAll();

  /** Carries out a little, as a device does while it is asked whether it is ready. */
  void progress();

  bool isIdle() const;

  void beginCapture(Stream &stream, Capture::Mode mode);
  std::vector<Node> endCapture(Stream &stream);

  /** Fails, and spoils the capture, where a call may not be made while this thread captures. */
  void refuseDuringCapture();

  /** Fails, and spoils the capture, where a call may not be made on a stream that is captured. */
  void refuseCaptured(Stream &stream);

  /** Lets go of everything that nobody freed and counts it. */
  void destroyContents();

  Status error = Status::Success;
  const unsigned flags;

 private:
  void enqueue(Stream &stream, const OperationRef &operation);
  void refuseImplicit(const Stream &stream);
  std::vector<Stream *> runnable(const OperationRef *wanted) const;
  void runHead(Stream &stream);
  void dropIdleOrphans();

  Stream legacy_{*this, Stream::Kind::Legacy, 0, 0};
  std::map<std::thread::id, std::unique_ptr<Stream>> perThread_;
  std::vector<std::unique_ptr<Stream>> streams_;
  std::vector<std::unique_ptr<Stream>> orphans_;
  std::vector<std::weak_ptr<Capture>> captures_;
};

}  // namespace software_cuda
