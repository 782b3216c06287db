// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import io.pointwise.device.kernel.Defines;
import io.pointwise.device.kernel.ProgramCache;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** The programs of a context, each loaded once. Safe to use by several threads. */
public final class Programs implements AutoCloseable {
  private final CudaContext context;
  private final ProgramSource source;
  private final Map<KernelVariant, Handle<CUmodule>> modules = new ConcurrentHashMap<>();

  /**
   * @param cache for what NVRTC compiles
   * @throws DeviceException if there is no way to have programs for the device
   */
  public Programs(
      CudaContext context, ProgramChoice choice, LibraryVersions versions, ProgramCache cache) {
    this.context = context;
    this.source =
        switch (choice) {
          case ProgramChoice.Compiled(int target) ->
              new CompiledPrograms(context.facts(), versions, cache, target);
          case ProgramChoice.Shipped _ -> shipped(context.facts());
        };
  }

  private static ProgramSource shipped(DeviceFacts facts) {
    if (facts.capability() < ShippedPtx.OLDEST_CAPABILITY) {
      throw new DeviceException(
          "the PTX that is shipped is for compute capability 7.5 and up, "
              + facts.name()
              + " has "
              + facts.major()
              + "."
              + facts.minor()
              + "; for this device NVRTC 12 is needed");
    }
    return new ShippedPrograms(ShippedPtx.ofThisBuild());
  }

  /** How many programs were compiled from source so far. */
  public int builds() {
    return source.builds();
  }

  /** Why there is no program with this variant of a kernel; nothing where there is one. */
  public Optional<String> refusal(String kernel, Defines defines) {
    KernelVariant wanted = new KernelVariant(kernel, defines);
    return source.program(wanted).isPresent()
        ? Optional.empty()
        : Optional.of("needs NVRTC: there is no shipped PTX of " + wanted.name());
  }

  /**
   * A kernel; it is there until the programs are closed.
   *
   * @param kernel its name, and that of its file without {@code .cu}
   * @throws DeviceException if it does not compile, with file, line and the compiler's log, or if
   *     there is none
   */
  public CudaKernel kernel(String kernel, Defines defines) {
    KernelVariant program =
        source
            .program(new KernelVariant(kernel, defines))
            .orElseThrow(
                () -> new DeviceException(kernel + " " + refusal(kernel, defines).orElseThrow()));
    CUmodule module = modules.computeIfAbsent(program, this::load).get();
    try (CudaContext.Scope _ = context.enter()) {
      CUfunction function = new CUfunction();
      Status.driver(
          JCudaDriver.cuModuleGetFunction(function, module, kernel),
          "cuModuleGetFunction",
          program::name);
      return new CudaKernel(kernel, function);
    }
  }

  private Handle<CUmodule> load(KernelVariant program) {
    try (CudaContext.Scope _ = context.enter()) {
      return new Handle<>(
          source.load(program),
          Ledger.Kind.MODULE,
          context.ledger(),
          released -> {
            try (CudaContext.Scope _ = context.enter()) {
              Status.driver(
                  JCudaDriver.cuModuleUnload(released), "cuModuleUnload", () -> "a program");
            }
          });
    }
  }

  @Override
  public void close() {
    modules.values().forEach(Handle::close);
    modules.clear();
  }
}
