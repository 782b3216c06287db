// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import io.pointwise.opencl.host.Calls;
import java.util.EnumMap;
import java.util.Map;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/** Real calls, of which each kind can be told to fail with a status. */
final class FaultyCalls implements Calls {
  /** What can fail. */
  enum Kind {
    ALLOCATION,
    KERNEL,
    UPLOAD,
    DOWNLOAD,
    FINISH,
    /** The work itself, after all calls went well. */
    COMMAND
  }

  private record Fault(int status, int left) {}

  private final Map<Kind, Fault> faults = new EnumMap<>(Kind.class);

  /** The next call of this kind fails. */
  void fail(Kind kind, int status) {
    faults.put(kind, new Fault(status, 1));
  }

  /** All calls fail from now on. */
  void lose(int status) {
    for (Kind kind : Kind.values()) {
      faults.put(kind, new Fault(status, Integer.MAX_VALUE));
    }
  }

  private int status(Kind kind) {
    Fault fault = faults.get(kind);
    if (fault == null || fault.left() == 0) {
      return CL.CL_SUCCESS;
    }
    faults.put(kind, new Fault(fault.status(), fault.left() - 1));
    return fault.status();
  }

  @Override
  public cl_mem createBuffer(cl_context context, long flags, long bytes, int[] status) {
    int fault = status(Kind.ALLOCATION);
    if (fault != CL.CL_SUCCESS) {
      status[0] = fault;
      return new cl_mem();
    }
    return JOCL.createBuffer(context, flags, bytes, status);
  }

  @Override
  public int enqueueKernel(
      cl_command_queue queue, cl_kernel kernel, long[] global, long[] local, cl_event event) {
    int fault = status(Kind.KERNEL);
    return fault != CL.CL_SUCCESS ? fault : JOCL.enqueueKernel(queue, kernel, global, local, event);
  }

  @Override
  public int write(
      cl_command_queue queue, cl_mem to, long offset, long bytes, Pointer from, cl_event event) {
    int fault = status(Kind.UPLOAD);
    return fault != CL.CL_SUCCESS ? fault : JOCL.write(queue, to, offset, bytes, from, event);
  }

  @Override
  public int read(
      cl_command_queue queue, cl_mem from, long offset, long bytes, Pointer to, cl_event event) {
    int fault = status(Kind.DOWNLOAD);
    return fault != CL.CL_SUCCESS ? fault : JOCL.read(queue, from, offset, bytes, to, event);
  }

  @Override
  public int finish(cl_command_queue queue) {
    int fault = status(Kind.FINISH);
    return fault != CL.CL_SUCCESS ? fault : JOCL.finish(queue);
  }

  @Override
  public int commandStatus(cl_event event, int[] commandStatus) {
    int fault = status(Kind.COMMAND);
    if (fault != CL.CL_SUCCESS) {
      commandStatus[0] = fault;
      return CL.CL_SUCCESS;
    }
    return JOCL.commandStatus(event, commandStatus);
  }
}
