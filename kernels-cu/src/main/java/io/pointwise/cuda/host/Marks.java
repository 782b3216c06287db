// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceStream.TimeMark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/**
 * Time marks of one stream: events that are used again.
 *
 * <p>CUDA tells the time between two events, in milliseconds as a float, which is exact to half a
 * microsecond within some seconds and to minutes within a year. So each mark is measured from the
 * first of its batch, and only that one from the last of the batch before.
 */
final class Marks implements AutoCloseable {
  private static final double NANOS_PER_MILLI = 1e6;

  private final CudaContext context;
  private final Deque<Handle<CUevent>> spare = new ArrayDeque<>();
  private final List<EventMark> pending = new ArrayList<>();
  private @Nullable Handle<CUevent> anchor;
  private long anchorNanos;

  Marks(CudaContext context) {
    this.context = context;
  }

  TimeMark mark(CUstream stream) {
    Handle<CUevent> event = spare.isEmpty() ? create() : spare.pop();
    EventMark mark = new EventMark(event);
    pending.add(mark);
    Status.driver(
        JCudaDriver.cuEventRecord(event.get(), stream), "cuEventRecord", () -> "a time mark");
    return mark;
  }

  private Handle<CUevent> create() {
    CUevent event = new CUevent();
    Status.driver(
        JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DEFAULT),
        "cuEventCreate",
        () -> "an event with timing");
    return new Handle<>(
        event,
        Ledger.Kind.EVENT,
        context.ledger(),
        released -> {
          try (CudaContext.Scope _ = context.enter()) {
            Status.driver(
                JCudaDriver.cuEventDestroy(released), "cuEventDestroy", () -> "a time mark");
          }
        });
  }

  /** Reads the clock of all marks; what is before them on the stream must be done. */
  void settle() {
    if (pending.isEmpty()) {
      return;
    }
    Handle<CUevent> first = pending.getFirst().event;
    Handle<CUevent> before = anchor;
    long start = before == null ? 0 : anchorNanos + nanosBetween(before, first);
    for (EventMark mark : pending) {
      mark.nanos = start + (mark.event == first ? 0 : nanosBetween(first, mark.event));
    }
    EventMark last = pending.removeLast();
    anchorNanos = last.nanos;
    anchor = last.event;
    if (before != null) {
      spare.push(before);
    }
    pending.forEach(mark -> spare.push(mark.event));
    pending.clear();
  }

  private static long nanosBetween(Handle<CUevent> from, Handle<CUevent> to) {
    float[] millis = new float[1];
    Status.driver(
        JCudaDriver.cuEventElapsedTime(millis, from.get(), to.get()),
        "cuEventElapsedTime",
        () -> "the time between two marks");
    return Math.round(millis[0] * NANOS_PER_MILLI);
  }

  /** Forgets marks that will not be read: something before them failed. */
  void drop() {
    pending.forEach(mark -> spare.push(mark.event));
    pending.clear();
  }

  @Override
  public void close() {
    drop();
    if (anchor != null) {
      anchor.close();
      anchor = null;
    }
    spare.forEach(Handle::close);
    spare.clear();
  }

  private static final class EventMark implements TimeMark {
    private final Handle<CUevent> event;
    private long nanos;

    EventMark(Handle<CUevent> event) {
      this.event = event;
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
