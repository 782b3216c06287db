// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The functions of one step, found by what they were generated from. */
final class Kernels {
  private final Map<Generator, Kernel> kernels;

  private Kernels(Map<Generator, Kernel> kernels) {
    this.kernels = kernels;
  }

  /**
   * Generates all of them, equal ones once.
   *
   * @param arena that their memory lives in
   * @throws Posix.Refused if the system gives no executable memory
   */
  static Kernels generate(Collection<? extends Generator> generators, Arena arena)
      throws Posix.Refused {
    CodeRegion.Builder builder = new CodeRegion.Builder();
    Map<Generator, Long> offsets = new HashMap<>();
    for (Generator generator : generators) {
      offsets.computeIfAbsent(generator, each -> builder.add(each.generate()));
    }
    CodeRegion region = builder.build(arena);
    Map<Generator, Kernel> kernels = new HashMap<>();
    offsets.forEach((generator, offset) -> kernels.put(generator, region.kernel(offset)));
    return new Kernels(kernels);
  }

  /**
   * One that was asked for; for planning, since it searches.
   *
   * @throws IllegalArgumentException if it was not
   */
  Kernel of(Generator generator) {
    Kernel kernel = kernels.get(generator);
    if (kernel == null) {
      throw new IllegalArgumentException("not generated: " + generator);
    }
    return kernel;
  }
}
