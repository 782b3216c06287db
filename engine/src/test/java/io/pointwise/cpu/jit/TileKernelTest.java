// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tiles of sums as machine code: right, and never a float outside their operands. */
final class TileKernelTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsAProcessorThatRunsThem() {
    Processor.require(Isa.AVX2);
  }

  @ParameterizedTest
  @EnumSource
  void everyTileIsRightAndStaysWithinItsOperands(Isa isa) throws IOException, InterruptedException {
    Processor.require(isa);
    int calls = TileCases.choices(isa).size() * TileData.Numbers.values().length * 2;
    assertTrue(calls > 1000, calls + " calls");
    assertEquals(List.of("calls " + calls), run(isa.name()).lines());
  }

  @ParameterizedTest
  @EnumSource
  void oneFloatTooFarEndsTheProgram(GuardedTiles.Fault fault)
      throws IOException, InterruptedException {
    ChildJvm child = run(fault.name());
    assertTrue(child.text().startsWith("within"), child::text);
    assertFalse(child.text().contains("beyond"), child::text);
    assertNotEquals(0, child.status());
    assertTrue(child.crash().contains("SIGSEGV"), child::toString);
  }

  @Test
  void aWrongSumIsFound() {
    assertFalse(TileCheck.isRight(Float.NaN, 1, Double.MAX_VALUE));
    assertFalse(TileCheck.isRight(1, Double.NaN, Double.MAX_VALUE));
    assertFalse(TileCheck.isRight(Float.MAX_VALUE, Double.POSITIVE_INFINITY, Double.MAX_VALUE));
    assertFalse(TileCheck.isRight(1.5f, 1, 0.25));
    assertTrue(TileCheck.isRight(1.25f, 1, 0.25));
  }

  private ChildJvm run(String argument) throws IOException, InterruptedException {
    return ChildJvm.run(GuardedTiles.class, folder, List.of(), List.of(argument));
  }
}
