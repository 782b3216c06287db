// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import java.util.function.Supplier;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_event;

/**
 * A command on a queue, known by its event.
 *
 * @param call that enqueued it
 * @param asked what it was asked for
 */
record Command(Handle<cl_event> event, String call, Supplier<String> asked)
    implements AutoCloseable {
  /**
   * Fails if the command did; only once the queue is done with it.
   *
   * @throws io.pointwise.device.DeviceException naming the command
   */
  void check() {
    int[] status = new int[1];
    Status.check(
        CL.clGetEventInfo(
            event.get(),
            CL.CL_EVENT_COMMAND_EXECUTION_STATUS,
            Integer.BYTES,
            Pointer.to(status),
            null),
        "clGetEventInfo",
        () -> "how a command ended: " + asked.get());
    if (status[0] < 0) {
      throw Status.failure(status[0], "what " + call + " had enqueued", asked.get());
    }
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
        () -> "the time of a command: " + asked.get());
    return nanos[0];
  }

  @Override
  public void close() {
    event.close();
  }
}
