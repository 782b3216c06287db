// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.pointwise.cpu.jit.JitTier;
import io.pointwise.cpu.scalar.ScalarTier;
import io.pointwise.cpu.vector.VectorTier;
import io.pointwise.device.Algorithm;
import io.pointwise.device.MaxIsa;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tiers of algorithms run in this JVM, the faster first, with the reason where one does not.
 */
final class CpuTiers {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private CpuTiers() {}

  /**
   * @param algorithms in order of preference
   * @param vectorBits of the vector tier, 0 without it
   * @param notices for people
   */
  record Selection(List<Algorithm> algorithms, int vectorBits, List<String> notices) {}

  static Selection select(Workers workers, MaxIsa maxIsa) {
    String obstacle = vectorObstacle();
    JitTier.Selection jit = JitTier.select(workers, obstacle == null, maxIsa);
    List<Algorithm> algorithms = new ArrayList<>(jit.algorithms());
    List<String> notices = new ArrayList<>();
    if (!jit.notice().isEmpty()) {
      notices.add(jit.notice());
    }
    if (obstacle == null) {
      algorithms.addAll(VectorTier.algorithms(workers));
    } else {
      notices.add("cpu: the slow scalar tier runs, because " + obstacle);
    }
    algorithms.addAll(ScalarTier.algorithms(workers));
    int bits = obstacle == null ? VectorTier.vectorBits() : 0;
    return new Selection(List.copyOf(algorithms), bits, List.copyOf(notices));
  }

  /** Why the vector tier cannot run, with the fix, as the rest of a sentence; null if it can. */
  static @Nullable String vectorObstacle() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return "module "
          + VECTOR_MODULE
          + " is not loaded; start java with --add-modules "
          + VECTOR_MODULE
          + ".";
    }
    if (!hasFusedMultiplyAdd()) {
      return "this JVM has no fused multiply-add (UseFMA is false), which the vector tier is made"
          + " of; on a processor that has it, leave -XX:UseAVX and -XX:UseFMA alone.";
    }
    return null;
  }

  /** Without it every fused multiply-add is computed in software, ten thousand times slower. */
  private static boolean hasFusedMultiplyAdd() {
    try {
      return Boolean.parseBoolean(
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("UseFMA")
              .getValue());
    } catch (IllegalArgumentException e) {
      // Not HotSpot, or a JVM that does not know the option: nothing speaks against it.
      return true;
    }
  }
}
