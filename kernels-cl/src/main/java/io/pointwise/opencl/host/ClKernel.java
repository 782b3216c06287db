// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import java.util.Arrays;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/**
 * A kernel and its arguments. OpenCL lets one thread at a time set arguments of a kernel and
 * enqueue it, so callers hold this object's monitor from the first {@code set} to {@link #enqueue}.
 */
public final class ClKernel implements AutoCloseable {
  private final Calls calls;
  private final String name;
  private final Handle<cl_kernel> handle;
  private final long maxWorkGroupSize;

  ClKernel(ClContext context, String name, Handle<cl_kernel> handle) {
    this.calls = context.calls();
    this.name = name;
    this.handle = handle;
    long[] size = new long[1];
    Status.check(
        CL.clGetKernelWorkGroupInfo(
            handle.get(),
            context.deviceId(),
            CL.CL_KERNEL_WORK_GROUP_SIZE,
            Long.BYTES,
            Pointer.to(size),
            null),
        "clGetKernelWorkGroupInfo",
        () -> "the largest work-group of " + name);
    this.maxWorkGroupSize = size[0];
  }

  /** Most work-items of a group, for this kernel on its device. */
  public long maxWorkGroupSize() {
    return maxWorkGroupSize;
  }

  /** Sets a buffer. */
  public void set(int argument, ClBuffer buffer) {
    cl_mem memory = buffer.handle();
    set(argument, Sizeof.cl_mem, Pointer.to(memory));
  }

  /** Sets a 32-bit integer. */
  public void set(int argument, int value) {
    set(argument, Integer.BYTES, Pointer.to(new int[] {value}));
  }

  /** Sets a 64-bit integer. */
  public void set(int argument, long value) {
    set(argument, Long.BYTES, Pointer.to(new long[] {value}));
  }

  /** Sets a float. */
  public void set(int argument, float value) {
    set(argument, Float.BYTES, Pointer.to(new float[] {value}));
  }

  private void set(int argument, long bytes, Pointer value) {
    Status.check(
        CL.clSetKernelArg(handle.get(), argument, bytes, value),
        "clSetKernelArg",
        () -> "argument " + argument + " of " + name);
  }

  /**
   * Enqueues the kernel with the arguments that are set.
   *
   * @param global work-items along each dimension
   * @param local work-items of a group along each dimension; divides {@code global}
   */
  public void enqueue(ClStream stream, long[] global, long[] local) {
    stream.enqueue(
        name,
        "clEnqueueNDRangeKernel",
        event -> calls.enqueueKernel(stream.queue(), handle.get(), global, local, event),
        () ->
            "over "
                + Arrays.toString(global)
                + " work-items in groups of "
                + Arrays.toString(local));
  }

  @Override
  public void close() {
    handle.close();
  }
}
