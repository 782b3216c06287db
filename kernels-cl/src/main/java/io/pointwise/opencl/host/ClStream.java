// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jspecify.annotations.Nullable;

/**
 * One in-order queue. Kernels and copies within the device are enqueued without waiting; {@link
 * #await} waits.
 *
 * <p>Transfers block, which costs little: a run begins with its uploads and ends with its
 * downloads. One that does not block JOCL hands to a thread of its own that waits for it, a thread
 * a transfer.
 *
 * <p>Marks are markers with profiling. Where a driver does not time markers, a mark waits for the
 * queue and takes the host's clock instead: right, but the queue runs dry at each mark.
 */
public final class ClStream implements DeviceStream {
  /** A {@code ByteBuffer} ends at 2³¹ − 1 bytes, so larger copies go in pieces. */
  private static final long PIECE = 1L << 30;

  private final ClContext context;
  private final Calls calls;
  private final List<String> enqueued = new ArrayList<>();
  private final Handle<cl_command_queue> queue;
  private final boolean timedMarkers;
  private final List<EventMark> pending = new ArrayList<>();

  ClStream(ClContext context, Handle<cl_command_queue> queue, boolean timedMarkers) {
    this.context = context;
    this.calls = context.calls();
    this.queue = queue;
    this.timedMarkers = timedMarkers;
  }

  cl_command_queue queue() {
    return queue.get();
  }

  @Override
  public void upload(MemorySegment source, BufferSlice target) {
    for (long at = 0; at < source.byteSize(); at += PIECE) {
      long bytes = Math.min(PIECE, source.byteSize() - at);
      Pointer pointer = ClContext.pointer(source, at, bytes);
      long offset = target.offset() + at;
      enqueue(
          "upload",
          "clEnqueueWriteBuffer",
          () -> calls.write(queue(), ClBuffer.handle(target), offset, bytes, pointer),
          () -> "of " + bytes + " bytes to " + offset);
    }
  }

  @Override
  public void download(BufferSlice source, MemorySegment target) {
    for (long at = 0; at < target.byteSize(); at += PIECE) {
      long bytes = Math.min(PIECE, target.byteSize() - at);
      Pointer pointer = ClContext.pointer(target, at, bytes);
      long offset = source.offset() + at;
      enqueue(
          "download",
          "clEnqueueReadBuffer",
          () -> calls.read(queue(), ClBuffer.handle(source), offset, bytes, pointer),
          () -> "of " + bytes + " bytes from " + offset);
    }
  }

  /** Copies between two parts of the device's memory that do not overlap. */
  public void copy(BufferSlice source, BufferSlice target) {
    if (source.bytes() == 0) {
      return;
    }
    enqueue(
        "copy",
        "clEnqueueCopyBuffer",
        () ->
            CL.clEnqueueCopyBuffer(
                queue(),
                ClBuffer.handle(source),
                ClBuffer.handle(target),
                source.offset(),
                target.offset(),
                source.bytes(),
                0,
                null,
                null),
        () -> "of " + source.bytes() + " bytes");
  }

  /**
   * Enqueues a command, and remembers its name until the next {@link #await}: when something fails
   * later, OpenCL does not say what it was.
   *
   * @param name of the command, for messages
   * @param call that enqueues it
   * @param command the call itself
   * @param size what it was to do, for messages
   */
  void enqueue(String name, String call, IntSupplier command, Supplier<String> size) {
    context.health().require();
    int status = command.getAsInt();
    if (status != CL.CL_SUCCESS) {
      throw context
          .health()
          .after(Status.failure(status, call, name + " " + size.get() + enqueuedBefore()));
    }
    enqueued.add(name);
  }

  /** What else may have failed. */
  private String enqueuedBefore() {
    return enqueued.isEmpty() ? "" : ", behind " + String.join(", ", enqueued);
  }

  @Override
  public TimeMark mark() {
    if (!timedMarkers) {
      finish();
      long now = System.nanoTime();
      return () -> now;
    }
    context.health().require();
    try {
      EventMark mark = new EventMark(marker());
      pending.add(mark);
      return mark;
    } catch (DeviceException e) {
      throw context.health().after(e);
    }
  }

  private Handle<cl_event> marker() {
    cl_event event = new cl_event();
    Status.check(
        CL.clEnqueueMarkerWithWaitList(queue(), 0, null, event),
        "clEnqueueMarkerWithWaitList",
        () -> "a marker");
    return new Handle<>(event, Ledger.Kind.EVENT, context.ledger(), CL::clReleaseEvent);
  }

  @Override
  public void await() {
    List<EventMark> marks = List.copyOf(pending);
    pending.clear();
    @Nullable DeviceException failure = null;
    try {
      failure = finished();
    } catch (DeviceException e) {
      failure = e;
    } finally {
      enqueued.clear();
      for (EventMark mark : marks) {
        failure = settle(mark, failure);
      }
    }
    if (failure != null) {
      throw context.health().after(failure);
    }
  }

  /** Waits; what failed, or null. */
  private @Nullable DeviceException finished() {
    context.health().require();
    try (Handle<cl_event> last = marker()) {
      finish();
      // A command that failed fails the marker behind it, where clFinish may say nothing.
      int[] status = new int[1];
      Status.check(
          calls.commandStatus(last.get(), status),
          "clGetEventInfo",
          () -> "the status of what was enqueued");
      return status[0] < 0 ? Status.failure(status[0], "a command", anyOfThese()) : null;
    }
  }

  private String anyOfThese() {
    return enqueued.isEmpty() ? "nothing was enqueued" : "one of " + String.join(", ", enqueued);
  }

  private static @Nullable DeviceException settle(
      EventMark mark, @Nullable DeviceException failure) {
    try {
      mark.settle();
      return failure;
    } catch (DeviceException e) {
      return failure == null ? e : failure;
    }
  }

  private void finish() {
    Status.check(calls.finish(queue()), "clFinish", () -> "waiting for " + anyOfThese());
  }

  @Override
  public void close() {
    try (queue) {
      pending.forEach(EventMark::drop);
      pending.clear();
      // Nothing comes of what was enqueued on a device that was lost.
      if (!context.health().isLost()) {
        finish();
      }
    }
  }

  /** The end of a marker. */
  private static final class EventMark implements TimeMark {
    private final Handle<cl_event> event;
    private long nanos;

    EventMark(Handle<cl_event> event) {
      this.event = event;
    }

    void settle() {
      try (event) {
        long[] end = new long[1];
        Status.check(
            CL.clGetEventProfilingInfo(
                event.get(), CL.CL_PROFILING_COMMAND_END, Long.BYTES, Pointer.to(end), null),
            "clGetEventProfilingInfo",
            () -> "the end of a marker");
        nanos = end[0];
      }
    }

    void drop() {
      event.close();
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
