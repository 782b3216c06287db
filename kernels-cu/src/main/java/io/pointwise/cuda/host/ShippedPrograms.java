// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import jcuda.Pointer;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;

/**
 * Programs that are shipped as PTX, which the driver compiles for the device. It keeps what it has
 * compiled on disk, so nothing of it goes into a cache of ours.
 */
final class ShippedPrograms implements ProgramSource {
  private static final int LOG_BYTES = 8 << 10;

  private final ShippedPtx shipped;

  ShippedPrograms(ShippedPtx shipped) {
    this.shipped = shipped;
  }

  @Override
  public Optional<KernelVariant> program(KernelVariant wanted) {
    return shipped.of(wanted);
  }

  @Override
  public int builds() {
    return 0;
  }

  @Override
  public CUmodule load(KernelVariant program) {
    // The driver reads up to a zero.
    byte[] text = (shipped.text(program) + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] log = new byte[LOG_BYTES];
    JITOptions options = new JITOptions();
    options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, log);
    options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, log.length);
    CUmodule module = new CUmodule();
    int status = JCudaDriver.cuModuleLoadDataJIT(module, Pointer.to(text), options);
    Supplier<String> asked = () -> ShippedPtx.file(program) + told(log);
    Status.driver(status, "cuModuleLoadDataEx", asked);
    return module;
  }

  /** What the driver's compiler wrote, if it wrote anything. */
  private static String told(byte[] log) {
    int end = 0;
    while (end < log.length && log[end] != 0) {
      end++;
    }
    String text = new String(log, 0, end, StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "" : ":\n" + text;
  }
}
