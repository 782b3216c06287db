// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** What the generated code learns of the processor is what Linux says of it. */
final class CpuidTest {
  @Test
  void theWidestInstructionSetIsThatOfTheFlagsOfLinux() throws Posix.Refused {
    assumeTrue(Processor.isX86Linux(), "needs Linux on x86-64");
    Isa expected = null;
    for (Isa isa : new Isa[] {Isa.AVX2, Isa.AVX512}) {
      if (Processor.has(isa)) {
        expected = isa;
      }
    }
    assertEquals(expected, Cpuid.widest());
  }
}
