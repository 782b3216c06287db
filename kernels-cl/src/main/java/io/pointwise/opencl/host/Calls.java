// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/**
 * The OpenCL calls that fail for reasons which lie in the device. A seam: tests let them fail. All
 * return OpenCL's status, or put it where they are told.
 */
public interface Calls {
  /** As JOCL has them. */
  Calls JOCL = new Calls() {};

  /** {@code clCreateBuffer}. */
  default cl_mem createBuffer(cl_context context, long flags, long bytes, int[] status) {
    return CL.clCreateBuffer(context, flags, bytes, null, status);
  }

  /** {@code clCreateProgramWithSource}, which the compiler is asked for afterwards. */
  default cl_program createProgram(cl_context context, String source, int[] status) {
    return CL.clCreateProgramWithSource(context, 1, new String[] {source}, null, status);
  }

  /** {@code clEnqueueNDRangeKernel}. */
  default int enqueueKernel(
      cl_command_queue queue, cl_kernel kernel, long[] global, long[] local, cl_event event) {
    return CL.clEnqueueNDRangeKernel(
        queue, kernel, global.length, null, global, local, 0, null, event);
  }

  /** {@code clEnqueueWriteBuffer}, which returns when it is done. */
  default int write(
      cl_command_queue queue, cl_mem to, long offset, long bytes, Pointer from, cl_event event) {
    return CL.clEnqueueWriteBuffer(queue, to, true, offset, bytes, from, 0, null, event);
  }

  /** {@code clEnqueueReadBuffer}, which returns when it is done. */
  default int read(
      cl_command_queue queue, cl_mem from, long offset, long bytes, Pointer to, cl_event event) {
    return CL.clEnqueueReadBuffer(queue, from, true, offset, bytes, to, 0, null, event);
  }

  /** {@code clFinish}. */
  default int finish(cl_command_queue queue) {
    return CL.clFinish(queue);
  }

  /** {@code clGetEventInfo} for the status of the command, negative if it failed. */
  default int commandStatus(cl_event event, int[] commandStatus) {
    return CL.clGetEventInfo(
        event,
        CL.CL_EVENT_COMMAND_EXECUTION_STATUS,
        Integer.BYTES,
        Pointer.to(commandStatus),
        null);
  }
}
