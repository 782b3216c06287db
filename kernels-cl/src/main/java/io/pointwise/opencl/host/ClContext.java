// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.OutOfDeviceMemoryException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_mem;

/** An OpenCL context of one device: makes buffers and streams. Safe to use by several threads. */
public final class ClContext implements AutoCloseable {
  private static final long PROBE_BYTES = 4096;

  private final FoundDevice device;
  private final Ledger ledger;
  private final Calls calls;
  private final Health health;
  private final Handle<cl_context> handle;
  private final boolean sharesHostMemory;
  private final Object transferLock = new Object();
  private final ClStream transfers;

  /** Opens a context. */
  public ClContext(FoundDevice device, Ledger ledger, Calls calls) {
    this.device = device;
    this.ledger = ledger;
    this.calls = calls;
    this.health = new Health(device.facts().name(), this::answers);
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, device.platform());
    int[] status = new int[1];
    cl_context context =
        CL.clCreateContext(properties, 1, new cl_device_id[] {device.id()}, null, null, status);
    Status.check(status[0], "clCreateContext", () -> "a context for " + device.facts().name());
    this.handle = new Handle<>(context, Ledger.Kind.CONTEXT, ledger, CL::clReleaseContext);
    try {
      this.transfers = openStream();
    } catch (RuntimeException | Error e) {
      handle.close();
      throw e;
    }
    try {
      this.sharesHostMemory = seesHostMemory();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Whether a CPU computes in the host's own memory, without the host having to ask for what it
   * computed. OpenCL lets a device keep a copy until it is asked, and a CPU has no reason to; tried
   * once instead of guessed.
   */
  private boolean seesHostMemory() {
    if (facts().type() != DeviceInfo.Type.CPU) {
      return false;
    }
    byte written = 42;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(PROBE_BYTES, PROBE_BYTES);
      try (ClBuffer buffer = wrap(memory)) {
        transfers.fill(buffer.whole(), written);
        transfers.await();
        return memory.get(ValueLayout.JAVA_BYTE, PROBE_BYTES - 1) == written;
      }
    }
  }

  /** Whether host memory that is {@linkplain #wrap wrapped} needs no transfer. */
  public boolean sharesHostMemory() {
    return sharesHostMemory;
  }

  /** Whether a new queue does anything; the old ones may be broken while the device is not. */
  private boolean answers() {
    try (Handle<cl_command_queue> queue = newQueue()) {
      return calls.finish(queue.get()) == CL.CL_SUCCESS;
    } catch (DeviceException e) {
      return false;
    }
  }

  /** What the device says of itself. */
  public DeviceFacts facts() {
    return device.facts();
  }

  cl_device_id deviceId() {
    return device.id();
  }

  cl_context handle() {
    return handle.get();
  }

  Ledger ledger() {
    return ledger;
  }

  Calls calls() {
    return calls;
  }

  Health health() {
    return health;
  }

  /**
   * Allocates memory.
   *
   * @throws OutOfDeviceMemoryException if there is not enough, or if no buffer may be that large
   * @throws DeviceException if the device was lost
   */
  public ClBuffer allocate(long bytes) {
    health.require();
    if (bytes > facts().maxBufferBytes()) {
      throw new OutOfDeviceMemoryException(
          "a buffer of "
              + bytes
              + " bytes was asked for, and "
              + facts().name()
              + " allows none over "
              + facts().maxBufferBytes()
              + " (CL_DEVICE_MAX_MEM_ALLOC_SIZE)");
    }
    int[] status = new int[1];
    // OpenCL has no buffers of zero bytes.
    cl_mem memory = calls.createBuffer(handle(), bufferFlags(), Math.max(1, bytes), status);
    Status.checkAllocation(status[0], "clCreateBuffer", () -> "a buffer of " + bytes + " bytes");
    return new ClBuffer(
        new Handle<>(memory, Ledger.Kind.BUFFER, ledger, CL::clReleaseMemObject), bytes);
  }

  /**
   * On a CPU memory is the host's anyway, and asking for that has it allocated at once. Otherwise
   * PoCL (3.1) allocates when a buffer is first used and, where there is none, ends the process.
   */
  private long bufferFlags() {
    return facts().type() == DeviceInfo.Type.CPU
        ? CL.CL_MEM_READ_WRITE | CL.CL_MEM_ALLOC_HOST_PTR
        : CL.CL_MEM_READ_WRITE;
  }

  /**
   * A buffer over host memory, which must stay alive until the buffer is closed.
   *
   * @param memory native memory
   */
  public ClBuffer wrap(MemorySegment memory) {
    health.require();
    long bytes = memory.byteSize();
    if (bytes == 0) {
      return allocate(0);
    }
    int[] status = new int[1];
    cl_mem buffer =
        CL.clCreateBuffer(
            handle(),
            CL.CL_MEM_READ_WRITE | CL.CL_MEM_USE_HOST_PTR,
            bytes,
            // Only where it begins counts; a larger piece could not be described.
            pointer(memory, 0, Math.min(bytes, Float.BYTES)),
            status);
    Status.checkAllocation(status[0], "clCreateBuffer", () -> "a buffer over " + bytes + " bytes");
    return new ClBuffer(
        new Handle<>(buffer, Ledger.Kind.BUFFER, ledger, CL::clReleaseMemObject), bytes);
  }

  /** A new buffer with the contents of host memory; returns when it is there. */
  public ClBuffer upload(MemorySegment source) {
    ClBuffer buffer = allocate(source.byteSize());
    try {
      synchronized (transferLock) {
        transfers.upload(source, buffer.whole());
        transfers.await();
      }
      return buffer;
    } catch (RuntimeException | Error e) {
      buffer.close();
      throw e;
    }
  }

  /** A new stream: one in-order queue. */
  public ClStream openStream() {
    health.require();
    return new ClStream(this, newQueue());
  }

  // Deprecated in OpenCL 2.0 in favour of a call that 1.2 does not have.
  @SuppressWarnings("deprecation")
  private Handle<cl_command_queue> newQueue() {
    int[] status = new int[1];
    cl_command_queue queue =
        CL.clCreateCommandQueue(handle(), device.id(), CL.CL_QUEUE_PROFILING_ENABLE, status);
    Status.check(status[0], "clCreateCommandQueue", () -> "an in-order queue with profiling");
    return new Handle<>(queue, Ledger.Kind.QUEUE, ledger, CL::clReleaseCommandQueue);
  }

  /** A pointer to part of native memory. */
  static Pointer pointer(MemorySegment memory, long offset, long bytes) {
    return Pointer.to(memory.asSlice(offset, bytes).asByteBuffer());
  }

  @Override
  public void close() {
    try (handle) {
      transfers.close();
    }
  }
}
