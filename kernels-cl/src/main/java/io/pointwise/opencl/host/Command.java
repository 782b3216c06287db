// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.DeviceException;
import java.util.function.Supplier;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_event;
import org.jspecify.annotations.Nullable;

/**
 * A command on a queue, known by its event.
 *
 * @param event of the command
 * @param name of the command, for messages
 * @param call that enqueued it
 * @param size what it was to do, for messages
 */
record Command(Handle<cl_event> event, String name, String call, Supplier<String> size)
    implements AutoCloseable {
  /** What was asked for. */
  String describe() {
    return name + " " + size.get();
  }

  /**
   * What it failed with, or null; only once the queue is done with it.
   *
   * @throws DeviceException if even that cannot be told
   */
  @Nullable DeviceException failure(Calls calls) {
    int[] status = new int[1];
    Status.check(
        calls.commandStatus(event.get(), status),
        "clGetEventInfo",
        () -> "how a command ended: " + describe());
    return status[0] < 0 ? Status.failure(status[0], "the command of " + call, describe()) : null;
  }

  /** When the device began with it. */
  long startNanos() {
    return nanos(CL.CL_PROFILING_COMMAND_START);
  }

  /** When the device was done with it. */
  long endNanos() {
    return nanos(CL.CL_PROFILING_COMMAND_END);
  }

  private long nanos(int moment) {
    long[] nanos = new long[1];
    Status.check(
        CL.clGetEventProfilingInfo(event.get(), moment, Long.BYTES, Pointer.to(nanos), null),
        "clGetEventProfilingInfo",
        () -> "the time of a command: " + describe());
    return nanos[0];
  }

  @Override
  public void close() {
    event.close();
  }
}
