// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import io.pointwise.device.MaxIsa;
import io.pointwise.layer.Winograd;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The algorithms that emit machine code, in order of preference. */
public final class JitTier {
  private JitTier() {}

  /**
   * What this tier can do here.
   *
   * @param algorithms empty if it cannot run
   * @param notice why it cannot, for people; empty where nobody would expect it to, or it can
   */
  public record Selection(List<Algorithm> algorithms, String notice) {}

  /**
   * Looks whether code can be generated and run in this process.
   *
   * @param vectorTier whether the vector tier runs
   * @param maxIsa widest instruction set to use
   */
  public static Selection select(Workers workers, boolean vectorTier, MaxIsa maxIsa) {
    try {
      Isa isa = maxIsa == MaxIsa.NONE ? null : isa();
      if (isa != null && maxIsa == MaxIsa.AVX2) {
        isa = Isa.AVX2;
      }
      return isa == null
          ? new Selection(List.of(), "")
          : new Selection(algorithms(new Host(isa, workers, vectorTier)), "");
    } catch (Posix.Refused e) {
      return new Selection(
          List.of(), "cpu: no machine code is generated, because " + e.getMessage() + ".");
    }
  }

  /**
   * What code is generated for here; null where none is.
   *
   * @throws Posix.Refused if there is no executable memory
   */
  static @Nullable Isa isa() throws Posix.Refused {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean known = os.equals("linux") && (arch.equals("amd64") || arch.equals("x86_64"));
    return known ? Cpuid.widest() : null;
  }

  static List<Algorithm> algorithms(Host host) {
    return List.of(
        new JitReorder(host),
        new JitLinear(host),
        new JitConvolution(true, host),
        new JitDepthwise(host),
        new JitWinograd(Winograd.F4, host),
        new JitWinograd(Winograd.F2, host),
        new JitConvolution(false, host),
        new JitPool(host),
        new JitGlobalPool(host),
        new JitLrn(host));
  }
}
