// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.OutOfDeviceMemoryException;
import java.lang.foreign.MemorySegment;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * The primary context of a device, which all of a process share: makes buffers and streams. Safe to
 * use by several threads.
 *
 * <p>CUDA keeps a current context for each thread. {@link #enter} makes this one current for as
 * long as something is done with it and puts back what was before, so that a program may use CUDA
 * beside us on the same threads.
 */
public final class CudaContext implements AutoCloseable {
  /** What {@link #enter} changed; closing changes it back. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private static final Scope ALREADY_CURRENT = () -> {};
  private static final Scope PUSHED =
      () ->
          Status.driver(
              JCudaDriver.cuCtxPopCurrent(new CUcontext()),
              "cuCtxPopCurrent",
              () -> "putting back the thread's context");

  private final DeviceFacts facts;
  private final Ledger ledger;
  private final Handle<CUcontext> handle;
  private final Object preparationLock = new Object();
  private final CudaStream preparation;

  /** Opens the primary context of a device. */
  public CudaContext(DeviceFacts facts, Ledger ledger) {
    this.facts = facts;
    this.ledger = ledger;
    CUdevice device = InstalledDevices.device(facts.ordinal());
    CUcontext context = new CUcontext();
    Status.driver(
        JCudaDriver.cuDevicePrimaryCtxRetain(context, device),
        "cuDevicePrimaryCtxRetain",
        () -> "a context for " + facts.name());
    this.handle =
        new Handle<>(
            context,
            Ledger.Kind.CONTEXT,
            ledger,
            _ ->
                Status.driver(
                    JCudaDriver.cuDevicePrimaryCtxRelease(device),
                    "cuDevicePrimaryCtxRelease",
                    facts::name));
    try {
      this.preparation = openStream();
    } catch (RuntimeException | Error e) {
      handle.close();
      throw e;
    }
  }

  /** What the device says of itself. */
  public DeviceFacts facts() {
    return facts;
  }

  /** Where what is opened is counted. */
  public Ledger ledger() {
    return ledger;
  }

  /** Makes this context the thread's current one until the scope is closed. */
  public Scope enter() {
    CUcontext wanted = handle.get();
    CUcontext current = new CUcontext();
    Status.driver(
        JCudaDriver.cuCtxGetCurrent(current), "cuCtxGetCurrent", () -> "the thread's context");
    if (current.equals(wanted)) {
      return ALREADY_CURRENT;
    }
    Status.driver(
        JCudaDriver.cuCtxPushCurrent(wanted), "cuCtxPushCurrent", () -> "entering " + facts.name());
    return PUSHED;
  }

  /**
   * Allocates memory.
   *
   * @throws OutOfDeviceMemoryException if there is not enough
   */
  public CudaBuffer allocate(long bytes) {
    try (Scope _ = enter()) {
      CUdeviceptr address = new CUdeviceptr();
      Status.driver(
          // CUDA has no buffers of zero bytes.
          JCudaDriver.cuMemAlloc(address, Math.max(1, bytes)),
          "cuMemAlloc",
          () -> "a buffer of " + bytes + " bytes on " + facts.name());
      return new CudaBuffer(
          new Handle<>(
              address,
              Ledger.Kind.BUFFER,
              ledger,
              released -> {
                try (Scope _ = enter()) {
                  Status.driver(
                      JCudaDriver.cuMemFree(released),
                      "cuMemFree",
                      () -> "a buffer of " + bytes + " bytes");
                }
              }),
          bytes);
    }
  }

  /** Memory of the host that copies to and from the device need not go through the driver's for. */
  Handle<Pointer> allocatePinned(long bytes) {
    try (Scope _ = enter()) {
      Pointer pointer = new Pointer();
      Status.driver(
          JCudaDriver.cuMemAllocHost(pointer, bytes),
          "cuMemAllocHost",
          () -> bytes + " bytes of pinned memory");
      return new Handle<>(
          pointer,
          Ledger.Kind.PINNED_MEMORY,
          ledger,
          released -> {
            try (Scope _ = enter()) {
              Status.driver(
                  JCudaDriver.cuMemFreeHost(released),
                  "cuMemFreeHost",
                  () -> bytes + " bytes of pinned memory");
            }
          });
    }
  }

  /** A new buffer with the contents of host memory; returns when it is there. */
  public CudaBuffer upload(MemorySegment source) {
    CudaBuffer buffer = allocate(source.byteSize());
    try {
      synchronized (preparationLock) {
        preparation.upload(source, buffer.whole());
        preparation.await();
      }
      return buffer;
    } catch (RuntimeException | Error e) {
      buffer.close();
      throw e;
    }
  }

  /** A question to a library that needs a stream's handles. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(CudaStream stream);
  }

  /** Asks while steps are prepared; one thread at a time. */
  public <T> T ask(Question<T> question) {
    synchronized (preparationLock) {
      try (Scope _ = enter()) {
        return question.ask(preparation);
      }
    }
  }

  /** A new stream, which waits for no other. */
  public CudaStream openStream() {
    try (Scope _ = enter()) {
      CUstream stream = new CUstream();
      Status.driver(
          JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING),
          "cuStreamCreate",
          () -> "a stream of " + facts.name());
      return new CudaStream(
          this,
          new Handle<>(
              stream,
              Ledger.Kind.STREAM,
              ledger,
              released -> {
                try (Scope _ = enter()) {
                  Status.driver(
                      JCudaDriver.cuStreamDestroy(released), "cuStreamDestroy", facts::name);
                }
              }));
    }
  }

  @Override
  public void close() {
    try (handle) {
      preparation.close();
    }
  }
}
