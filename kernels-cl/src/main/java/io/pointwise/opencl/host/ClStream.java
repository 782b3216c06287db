// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;

/**
 * One in-order queue. Kernels and copies within the device are enqueued without waiting; {@link
 * #await} waits.
 *
 * <p>Transfers block, which costs little: a run begins with its uploads and ends with its
 * downloads. One that does not block JOCL hands to a thread of its own that waits for it, a thread
 * a transfer.
 *
 * <p>Each command has an event, which tells how it ended and when. A mark is a place between two
 * commands: no command of its own, which on a CPU would cost as much as a small kernel.
 */
public final class ClStream implements DeviceStream {
  /** A {@code ByteBuffer} ends at 2³¹ − 1 bytes, so larger copies go in pieces. */
  private static final long PIECE = 1L << 30;

  /** A call that enqueues a command with this event; returns its status. */
  @FunctionalInterface
  interface Enqueuing {
    int enqueue(cl_event event);
  }

  private final ClContext context;
  private final Calls calls;
  private final Handle<cl_command_queue> queue;

  /** What was enqueued since the last {@link #await}. */
  private final List<Command> commands = new ArrayList<>();

  private final List<Mark> marks = new ArrayList<>();

  ClStream(ClContext context, Handle<cl_command_queue> queue) {
    this.context = context;
    this.calls = context.calls();
    this.queue = queue;
  }

  cl_command_queue queue() {
    return queue.get();
  }

  /**
   * Enqueues a command.
   *
   * @param name of the command, for messages
   * @param call that enqueues it
   * @param command the call itself
   * @param size what it is to do, for messages
   */
  void enqueue(String name, String call, Enqueuing command, Supplier<String> size) {
    context.health().require();
    cl_event event = new cl_event();
    int status = command.enqueue(event);
    if (status != CL.CL_SUCCESS) {
      throw context
          .health()
          .after(Status.failure(status, call, name + " " + size.get() + enqueuedBefore()));
    }
    commands.add(
        new Command(
            new Handle<>(event, Ledger.Kind.EVENT, context.ledger(), CL::clReleaseEvent),
            name,
            call,
            size));
  }

  /** What else may have failed. */
  private String enqueuedBefore() {
    return commands.isEmpty() ? "" : ", behind " + names();
  }

  private String names() {
    return commands.stream().map(Command::name).collect(Collectors.joining(", "));
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
          event -> calls.write(queue(), ClBuffer.handle(target), offset, bytes, pointer, event),
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
          event -> calls.read(queue(), ClBuffer.handle(source), offset, bytes, pointer, event),
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
        event ->
            CL.clEnqueueCopyBuffer(
                queue(),
                ClBuffer.handle(source),
                ClBuffer.handle(target),
                source.offset(),
                target.offset(),
                source.bytes(),
                0,
                null,
                event),
        () -> "of " + source.bytes() + " bytes");
  }

  /** Sets bytes of the device's memory. */
  void fill(BufferSlice target, byte value) {
    enqueue(
        "fill",
        "clEnqueueFillBuffer",
        event ->
            CL.clEnqueueFillBuffer(
                queue(),
                ClBuffer.handle(target),
                Pointer.to(new byte[] {value}),
                Byte.BYTES,
                target.offset(),
                target.bytes(),
                0,
                null,
                event),
        () -> "of " + target.bytes() + " bytes");
  }

  @Override
  public TimeMark mark() {
    Mark mark = new Mark(commands.size());
    marks.add(mark);
    return mark;
  }

  @Override
  public void await() {
    context.health().require();
    try {
      finish();
      // clFinish says nothing of commands that failed.
      for (Command command : commands) {
        DeviceException failure = command.failure(calls);
        if (failure != null) {
          throw failure;
        }
      }
      for (Mark mark : marks) {
        mark.settle(commands);
      }
    } catch (DeviceException e) {
      throw context.health().after(e);
    } finally {
      forget();
    }
  }

  private void forget() {
    marks.clear();
    List<Command> done = List.copyOf(commands);
    commands.clear();
    done.forEach(Command::close);
  }

  private void finish() {
    Status.check(
        calls.finish(queue()),
        "clFinish",
        () -> commands.isEmpty() ? "waiting for nothing" : "waiting for one of " + names());
  }

  @Override
  public void close() {
    try (queue) {
      // Nothing comes of what was enqueued on a device that was lost.
      if (!context.health().isLost()) {
        finish();
      }
    } finally {
      forget();
    }
  }

  /** The moment between two commands. */
  private static final class Mark implements TimeMark {
    private final int before;
    private long nanos;

    /**
     * @param before number of commands before it
     */
    Mark(int before) {
      this.before = before;
    }

    /**
     * Where no command is before it, it is the start of the first; without any, there is no time.
     */
    void settle(List<Command> commands) {
      if (before > 0) {
        nanos = commands.get(before - 1).endNanos();
      } else if (!commands.isEmpty()) {
        nanos = commands.getFirst().startNanos();
      }
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
