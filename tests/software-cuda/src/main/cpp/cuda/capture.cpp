// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The part of Context that turns streams into graphs.

#include <algorithm>
#include <utility>

#include "context.hpp"

namespace software_cuda {

void Context::beginCapture(Stream &stream, Capture::Mode mode) {
  require(stream.kind != Stream::Kind::Legacy, Status::CaptureUnsupported, "the legacy stream cannot be captured");
  require(stream.capture == nullptr, Status::CaptureUnsupported, "the stream is captured already");
  stream.capture = std::make_shared<Capture>(Capture{&stream, mode, std::this_thread::get_id()});
  stream.capture->members.push_back(&stream);
  stream.tails.clear();
  captures_.push_back(stream.capture);
}

std::vector<Node> Context::endCapture(Stream &stream) {
  const std::shared_ptr<Capture> capture = stream.capture;
  require(capture != nullptr, Status::InvalidValue, "the stream is not captured");
  require(capture->origin == &stream, Status::CaptureUnmatched, "the capture began in another stream");
  require(capture->mode == Capture::Mode::Relaxed || capture->thread == std::this_thread::get_id(),
          Status::CaptureWrongThread, "the capture began in another thread");
  const bool joined = capture->isJoined();
  capture->ended = true;
  for (Stream *member : capture->members) {
    member->capture = nullptr;
    member->tails.clear();
  }
  require(capture->valid, Status::CaptureInvalidated, "an earlier call spoilt the capture");
  require(joined, Status::CaptureUnjoined, "work of another stream was not joined to the captured one");
  return std::move(capture->nodes);
}

void Context::refuseDuringCapture() {
  for (const std::weak_ptr<Capture> &weak : captures_) {
    const std::shared_ptr<Capture> capture = weak.lock();
    if (capture == nullptr || capture->ended) continue;
    const bool own = capture->thread == std::this_thread::get_id();
    if (capture->mode == Capture::Mode::Global || (capture->mode == Capture::Mode::ThreadLocal && own)) {
      capture->valid = false;
      fail(Status::CaptureUnsupported, "the call may wait or allocate, which a capture does not allow");
    }
  }
  captures_.erase(std::remove_if(captures_.begin(), captures_.end(),
                                 [](const std::weak_ptr<Capture> &weak) { return weak.expired(); }),
                  captures_.end());
}

void Context::refuseCaptured(Stream &stream) {
  if (stream.capture == nullptr) return;
  stream.capture->valid = false;
  fail(Status::CaptureUnsupported, "the stream is captured");
}

/** The legacy stream would wait for a blocking stream that is captured. */
void Context::refuseImplicit(const Stream &stream) {
  if (stream.kind != Stream::Kind::Legacy) return;
  for (const auto &other : streams_) {
    if (other->kind != Stream::Kind::Blocking || other->capture == nullptr) continue;
    other->capture->valid = false;
    fail(Status::CaptureImplicit, "a blocking stream is captured");
  }
}

}  // namespace software_cuda
