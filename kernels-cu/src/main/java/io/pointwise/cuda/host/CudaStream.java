// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.Precision;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcuda.Pointer;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.cublasHandle;
import jcuda.jcudnn.cudnnHandle;
import jcuda.runtime.cudaStream_t;
import org.jspecify.annotations.Nullable;

/**
 * One stream with what its work needs: pinned memory for its copies, marks, and a handle of cuBLAS
 * and of cuDNN, which are for one stream at a time and are made when first asked for. Nothing waits
 * but {@link #await}, and copies too large for pinned memory.
 */
public final class CudaStream implements DeviceStream {
  /** A {@code ByteBuffer} ends at 2³¹ − 1 bytes, so larger copies go in pieces. */
  private static final long PIECE = 1L << 30;

  /** What came down into pinned memory and goes on to the caller's. */
  private record Arrival(MemorySegment from, MemorySegment to) {}

  private final CudaContext context;
  private final Handle<CUstream> handle;
  private final Staging staging;
  private final Marks marks;
  private final List<Arrival> arrivals = new ArrayList<>();
  private @Nullable BlasHandle blas;
  private @Nullable DnnHandle dnn;

  CudaStream(CudaContext context, Handle<CUstream> handle) {
    this.context = context;
    this.handle = handle;
    this.staging = new Staging(context);
    this.marks = new Marks(context);
  }

  /** The context that it is of. */
  public CudaContext context() {
    return context;
  }

  /** The driver's stream. */
  public CUstream handle() {
    return handle.get();
  }

  /** The stream as libraries of the runtime API take it. */
  cudaStream_t runtimeStream() {
    return new cudaStream_t(handle());
  }

  /**
   * A handle of cuBLAS that puts its work on this stream and multiplies so until the next is asked
   * for; the context must be current.
   *
   * @param precision FP32 or TF32
   */
  public cublasHandle blas(Precision precision) {
    if (blas == null) {
      blas = new BlasHandle(this);
    }
    return blas.in(precision);
  }

  /** A handle of cuDNN that puts its work on this stream; the context must be current. */
  public cudnnHandle dnn() {
    if (dnn == null) {
      dnn = new DnnHandle(this);
    }
    return dnn.get();
  }

  @Override
  public void upload(MemorySegment source, BufferSlice target) {
    try (CudaContext.Scope _ = context.enter()) {
      for (long at = 0; at < source.byteSize(); at += PIECE) {
        MemorySegment piece = source.asSlice(at, Math.min(PIECE, source.byteSize() - at));
        long bytes = piece.byteSize();
        Optional<Staging.Piece> staged = staging.take(bytes);
        staged.ifPresent(place -> place.memory().copyFrom(piece));
        Status.driver(
            JCudaDriver.cuMemcpyHtoDAsync(
                CudaBuffer.address(target).withByteOffset(at),
                staged.map(Staging.Piece::pointer).orElseGet(() -> pointer(piece)),
                bytes,
                handle()),
            "cuMemcpyHtoDAsync",
            () -> "copying " + bytes + " bytes to the device");
      }
    }
  }

  @Override
  public void download(BufferSlice source, MemorySegment target) {
    try (CudaContext.Scope _ = context.enter()) {
      for (long at = 0; at < target.byteSize(); at += PIECE) {
        MemorySegment piece = target.asSlice(at, Math.min(PIECE, target.byteSize() - at));
        long bytes = piece.byteSize();
        Optional<Staging.Piece> staged = staging.take(bytes);
        Status.driver(
            JCudaDriver.cuMemcpyDtoHAsync(
                staged.map(Staging.Piece::pointer).orElseGet(() -> pointer(piece)),
                CudaBuffer.address(source).withByteOffset(at),
                bytes,
                handle()),
            "cuMemcpyDtoHAsync",
            () -> "copying " + bytes + " bytes from the device");
        staged.ifPresent(place -> arrivals.add(new Arrival(place.memory(), piece)));
      }
    }
  }

  private static Pointer pointer(MemorySegment memory) {
    return Pointer.to(memory.asByteBuffer());
  }

  /**
   * Copies between two parts of the device's memory that do not overlap; the context is current.
   */
  public void copy(BufferSlice source, BufferSlice target) {
    if (source.bytes() == 0) {
      return;
    }
    Status.driver(
        JCudaDriver.cuMemcpyDtoDAsync(
            CudaBuffer.address(target), CudaBuffer.address(source), source.bytes(), handle()),
        "cuMemcpyDtoDAsync",
        () -> "copying " + source.bytes() + " bytes on the device");
  }

  /** Fills a part of the device's memory with zeros; the context is current. */
  public void clear(BufferSlice target) {
    Status.driver(
        JCudaDriver.cuMemsetD8Async(CudaBuffer.address(target), (byte) 0, target.bytes(), handle()),
        "cuMemsetD8Async",
        () -> "clearing " + target.bytes() + " bytes");
  }

  @Override
  public TimeMark mark() {
    try (CudaContext.Scope _ = context.enter()) {
      return marks.mark(handle());
    }
  }

  @Override
  public Optional<Recording> record(Runnable work) {
    return CudaGraph.capture(this, work).map(Recording.class::cast);
  }

  @Override
  public void await() {
    try (CudaContext.Scope _ = context.enter()) {
      synchronize();
      arrivals.forEach(arrival -> arrival.to().copyFrom(arrival.from()));
      marks.settle();
    } finally {
      arrivals.clear();
      staging.reset();
      marks.drop();
    }
  }

  private void synchronize() {
    Status.driver(
        JCudaDriver.cuStreamSynchronize(handle()),
        "cuStreamSynchronize",
        () -> "what was enqueued on this stream");
  }

  @Override
  public void close() {
    try (handle;
        CudaContext.Scope _ = context.enter();
        staging;
        marks;
        BlasHandle _ = blas;
        DnnHandle _ = dnn) {
      arrivals.clear();
      synchronize();
    }
  }
}
