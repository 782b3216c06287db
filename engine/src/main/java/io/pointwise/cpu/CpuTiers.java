// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.cpu.scalar.ScalarTier;
import io.pointwise.cpu.vector.VectorTier;
import io.pointwise.device.Algorithm;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tiers of algorithms run in this JVM: vector before scalar, or scalar alone with the reason.
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

  static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  static Selection select(Workers workers) {
    List<Algorithm> scalar = ScalarTier.algorithms(workers);
    if (!hasVectorModule()) {
      return new Selection(
          scalar,
          0,
          List.of(
              "cpu: the slow scalar tier runs, because module "
                  + VECTOR_MODULE
                  + " is not loaded; start java with --add-modules "
                  + VECTOR_MODULE
                  + "."));
    }
    List<Algorithm> all = new ArrayList<>(VectorTier.algorithms(workers));
    all.addAll(scalar);
    return new Selection(List.copyOf(all), VectorTier.vectorBits(), List.of());
  }
}
