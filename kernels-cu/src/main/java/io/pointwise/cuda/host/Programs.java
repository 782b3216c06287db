// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.kernel.Defines;
import io.pointwise.device.kernel.KernelSource;
import io.pointwise.device.kernel.ProgramCache;
import io.pointwise.device.kernel.ProgramKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/**
 * The programs of a context: each is compiled once, or taken from the disk cache if it is there.
 * Safe to use by several threads.
 */
public final class Programs implements AutoCloseable {
  /** Counts up when the meaning of an entry changes. */
  private static final String FORMAT = "pointwise-cuda-program/1";

  private static final String FOLDER = "/io/pointwise/cuda/kernels/";

  private static final KernelSource SOURCE =
      new KernelSource(file -> Programs.class.getResourceAsStream(FOLDER + file));

  // IEEE division, roots and subnormal numbers, which are defaults, said all the same: error bounds
  // hold for them only.
  private static final List<String> STANDARD =
      List.of("--std=c++17", "--prec-div=true", "--prec-sqrt=true", "--ftz=false", "--fmad=true");

  private final CudaContext context;
  private final LibraryVersions versions;
  private final ProgramCache cache;
  private final Map<ProgramKey, Handle<CUmodule>> modules = new ConcurrentHashMap<>();
  private final AtomicInteger builds = new AtomicInteger();
  private final int target;

  public Programs(CudaContext context, LibraryVersions versions, ProgramCache cache) {
    this.context = context;
    this.versions = versions;
    this.cache = cache;
    this.target = Compiler.target(context.facts().capability());
  }

  /** How many programs were compiled from source so far. */
  public int builds() {
    return builds.get();
  }

  /**
   * A kernel; it is there until the programs are closed.
   *
   * @param kernel its name, and that of its file without {@code .cu}
   * @throws DeviceException if it does not compile, with file, line and the compiler's log
   */
  public CudaKernel kernel(String kernel, Defines defines) {
    String file = kernel + ".cu";
    String source = SOURCE.of(file);
    List<String> options = options(defines);
    ProgramKey key = key(source, options);
    CUmodule module = modules.computeIfAbsent(key, _ -> module(key, file, source, options)).get();
    try (CudaContext.Scope _ = context.enter()) {
      CUfunction function = new CUfunction();
      Status.driver(
          JCudaDriver.cuModuleGetFunction(function, module, kernel),
          "cuModuleGetFunction",
          () -> kernel + " of " + file);
      return new CudaKernel(kernel, function);
    }
  }

  private List<String> options(Defines defines) {
    List<String> options = new ArrayList<>(STANDARD);
    options.add("--gpu-architecture=sm_" + target);
    defines.assignments().forEach(define -> options.add("-D" + define));
    return options;
  }

  private ProgramKey key(String source, List<String> options) {
    return ProgramKey.of(
        FORMAT,
        source,
        String.join(" ", options),
        context.facts().name(),
        Integer.toString(context.facts().capability()),
        versions.toString(),
        versions.simulated() ? "simulated" : "");
  }

  private Handle<CUmodule> module(
      ProgramKey key, String file, String source, List<String> options) {
    try (CudaContext.Scope _ = context.enter()) {
      Optional<byte[]> binary = cache.read(key);
      if (binary.isPresent()) {
        CUmodule module = new CUmodule();
        // A driver may refuse it, for reasons of its own.
        if (JCudaDriver.cuModuleLoadData(module, binary.get()) == CUresult.CUDA_SUCCESS) {
          return owned(module);
        }
      }
      builds.incrementAndGet();
      byte[] compiled = Compiler.compile(file, source, options);
      CUmodule module = new CUmodule();
      Status.driver(
          JCudaDriver.cuModuleLoadData(module, compiled),
          "cuModuleLoadData",
          () -> file + " with " + String.join(" ", options));
      Handle<CUmodule> handle = owned(module);
      cache.write(key, compiled);
      return handle;
    }
  }

  private Handle<CUmodule> owned(CUmodule module) {
    return new Handle<>(
        module,
        Ledger.Kind.MODULE,
        context.ledger(),
        released -> {
          try (CudaContext.Scope _ = context.enter()) {
            Status.driver(
                JCudaDriver.cuModuleUnload(released), "cuModuleUnload", () -> "a program");
          }
        });
  }

  @Override
  public void close() {
    modules.values().forEach(Handle::close);
    modules.clear();
  }
}
