// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.kernel.Defines;
import io.pointwise.device.kernel.KernelSource;
import io.pointwise.device.kernel.ProgramCache;
import io.pointwise.device.kernel.ProgramKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/**
 * The programs of a context: each is built once, from the disk cache if it is there. Safe to use by
 * several threads.
 */
public final class Programs implements AutoCloseable {
  // No -cl-fast-relaxed-math and the like: error bounds and NaN rules hold for IEEE arithmetic
  // only.
  private static final String STANDARD = "-cl-std=CL1.2";

  /** Counts up when the meaning of an entry changes. */
  private static final String FORMAT = "pointwise-opencl-program/1";

  private static final String FOLDER = "/io/pointwise/opencl/kernels/";

  private static final KernelSource SOURCE =
      new KernelSource(file -> Programs.class.getResourceAsStream(FOLDER + file));

  private final ClContext context;
  private final ProgramCache cache;
  private final Map<ProgramKey, Handle<cl_program>> programs = new ConcurrentHashMap<>();
  private final AtomicInteger builds = new AtomicInteger();

  public Programs(ClContext context, ProgramCache cache) {
    this.context = context;
    this.cache = cache;
  }

  /** How many programs were compiled from source so far. */
  public int builds() {
    return builds.get();
  }

  /**
   * A new kernel; the caller closes it.
   *
   * @param kernel its name, and that of its file without {@code .cl}
   * @throws DeviceException if it does not compile, with file, line and the device's log
   */
  public ClKernel kernel(String kernel, Defines defines) {
    String file = kernel + ".cl";
    String source = SOURCE.of(file);
    String options = STANDARD + " " + defines.options();
    ProgramKey key = key(source, options);
    cl_program program =
        programs.computeIfAbsent(key, _ -> program(key, file, source, options)).get();
    int[] status = new int[1];
    cl_kernel handle = CL.clCreateKernel(program, kernel, status);
    Status.check(status[0], "clCreateKernel", () -> kernel + " of " + file);
    return new ClKernel(
        context,
        kernel,
        new Handle<>(handle, Ledger.Kind.KERNEL, context.ledger(), CL::clReleaseKernel));
  }

  private ProgramKey key(String source, String options) {
    DeviceFacts facts = context.facts();
    return ProgramKey.of(
        FORMAT,
        source,
        options,
        facts.name(),
        facts.vendor(),
        facts.driver(),
        facts.platform(),
        facts.platformVersion());
  }

  private Handle<cl_program> program(ProgramKey key, String file, String source, String options) {
    Optional<byte[]> binary = cache.read(key);
    if (binary.isPresent()) {
      Handle<cl_program> loaded = load(binary.get(), options);
      if (loaded != null) {
        return loaded;
      }
    }
    Handle<cl_program> built = build(file, source, options);
    binary(built.get()).ifPresent(bytes -> cache.write(key, bytes));
    return built;
  }

  /** Null if the driver does not take the binary: it may, for reasons of its own. */
  private @Nullable Handle<cl_program> load(byte[] binary, String options) {
    int[] status = new int[1];
    int[] binaryStatus = new int[1];
    cl_program program =
        CL.clCreateProgramWithBinary(
            context.handle(),
            1,
            new cl_device_id[] {context.deviceId()},
            new long[] {binary.length},
            new byte[][] {binary},
            binaryStatus,
            status);
    if (status[0] != CL.CL_SUCCESS) {
      return null;
    }
    Handle<cl_program> handle = owned(program);
    if (binaryStatus[0] == CL.CL_SUCCESS && compile(program, options) == CL.CL_SUCCESS) {
      return handle;
    }
    handle.close();
    return null;
  }

  private Handle<cl_program> build(String file, String source, String options) {
    builds.incrementAndGet();
    int[] status = new int[1];
    cl_program program = context.calls().createProgram(context.handle(), source, status);
    Status.check(status[0], "clCreateProgramWithSource", () -> file);
    Handle<cl_program> handle = owned(program);
    int built = compile(program, options);
    if (built != CL.CL_SUCCESS) {
      String log = log(program);
      handle.close();
      throw Status.failure(built, "clBuildProgram", file + " with " + options + ":\n" + log);
    }
    return handle;
  }

  private Handle<cl_program> owned(cl_program program) {
    return new Handle<>(program, Ledger.Kind.PROGRAM, context.ledger(), CL::clReleaseProgram);
  }

  private int compile(cl_program program, String options) {
    return CL.clBuildProgram(
        program, 1, new cl_device_id[] {context.deviceId()}, options, null, null);
  }

  private String log(cl_program program) {
    long[] size = new long[1];
    int status =
        CL.clGetProgramBuildInfo(
            program, context.deviceId(), CL.CL_PROGRAM_BUILD_LOG, 0, null, size);
    if (status != CL.CL_SUCCESS || size[0] <= 1) {
      return "the device gives no log";
    }
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    Status.check(
        CL.clGetProgramBuildInfo(
            program,
            context.deviceId(),
            CL.CL_PROGRAM_BUILD_LOG,
            bytes.length,
            Pointer.to(bytes),
            null),
        "clGetProgramBuildInfo",
        () -> "the build log");
    return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8).strip();
  }

  private static Optional<byte[]> binary(cl_program program) {
    long[] size = new long[1];
    int status =
        CL.clGetProgramInfo(
            program, CL.CL_PROGRAM_BINARY_SIZES, Long.BYTES, Pointer.to(size), null);
    if (status != CL.CL_SUCCESS || size[0] <= 0 || size[0] > Integer.MAX_VALUE - 1024) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) size[0]];
    status =
        CL.clGetProgramInfo(
            program, CL.CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(Pointer.to(bytes)), null);
    return status == CL.CL_SUCCESS ? Optional.of(bytes) : Optional.empty();
  }

  @Override
  public void close() {
    programs.values().forEach(Handle::close);
    programs.clear();
  }
}
