// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.kernel.ProgramCache;
import io.pointwise.device.kernel.ProgramKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** Programs that NVRTC compiles for the device, or that lie in the disk cache from before. */
final class CompiledPrograms implements ProgramSource {
  /** Counts up when the meaning of an entry changes. */
  private static final String FORMAT = "pointwise-cuda-program/1";

  private final DeviceFacts facts;
  private final LibraryVersions versions;
  private final ProgramCache cache;
  private final int target;
  private final AtomicInteger builds = new AtomicInteger();

  /**
   * @param target the compute capability to compile for
   */
  CompiledPrograms(DeviceFacts facts, LibraryVersions versions, ProgramCache cache, int target) {
    this.facts = facts;
    this.versions = versions;
    this.cache = cache;
    this.target = target;
  }

  @Override
  public Optional<KernelVariant> program(KernelVariant wanted) {
    return Optional.of(wanted);
  }

  @Override
  public int builds() {
    return builds.get();
  }

  @Override
  public CUmodule load(KernelVariant program) {
    String source = KernelSources.text(program);
    List<String> options = KernelSources.options(program, "sm_" + target);
    ProgramKey key = key(source, options);
    Optional<byte[]> binary = cache.read(key);
    CUmodule module = new CUmodule();
    // A driver may refuse it, for reasons of its own.
    if (binary.isPresent()
        && JCudaDriver.cuModuleLoadData(module, binary.get()) == CUresult.CUDA_SUCCESS) {
      return module;
    }
    builds.incrementAndGet();
    byte[] compiled = Compiler.machineCode(program.file(), source, options);
    Status.driver(
        JCudaDriver.cuModuleLoadData(module, compiled),
        "cuModuleLoadData",
        () -> program.file() + " with " + String.join(" ", options));
    cache.write(key, compiled);
    return module;
  }

  private ProgramKey key(String source, List<String> options) {
    return ProgramKey.of(
        FORMAT,
        source,
        String.join(" ", options),
        facts.name(),
        Integer.toString(facts.capability()),
        versions.toString(),
        versions.simulated() ? "simulated" : "");
  }
}
