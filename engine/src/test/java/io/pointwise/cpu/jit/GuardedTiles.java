// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.jit.GuardedMemory.Side;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs kernels of tiles on operands that begin or end exactly at pages that nobody may touch, and
 * compares with the slow twin; a program of its own, since one float too far ends it.
 */
final class GuardedTiles implements AutoCloseable {
  private static final long SEED = 20_250_101;
  private static final long MOST_BYTES = 1 << 22;

  /** What a program does that must die. */
  enum Fault {
    READ_BEFORE,
    READ_BEYOND,
    WRITE_BEFORE,
    WRITE_BEYOND
  }

  private final Arena arena = Arena.ofConfined();
  private final GuardedMemory rows;
  private final GuardedMemory vectors;
  private final GuardedMemory output;
  private final GuardedMemory bias;
  private final GuardedMemory residual;

  private GuardedTiles() throws Posix.Refused {
    rows = GuardedMemory.of(MOST_BYTES, arena);
    vectors = GuardedMemory.of(MOST_BYTES, arena);
    output = GuardedMemory.of(MOST_BYTES, arena);
    bias = GuardedMemory.of(MOST_BYTES, arena);
    residual = GuardedMemory.of(MOST_BYTES, arena);
  }

  /**
   * Begins here.
   *
   * @param args an instruction set, for all its kernels; or a {@link Fault}
   */
  public static void main(String[] args) throws Posix.Refused {
    try (GuardedTiles tiles = new GuardedTiles()) {
      if (args[0].startsWith("AVX")) {
        tiles.runAll(Isa.valueOf(args[0]));
      } else {
        tiles.overstep(Fault.valueOf(args[0]));
      }
    }
  }

  private void runAll(Isa isa) throws Posix.Refused {
    long seed = SEED;
    int calls = 0;
    for (TileCases.Choice choice : TileCases.choices(isa)) {
      for (TileData.Numbers numbers : TileData.Numbers.values()) {
        SplittableRandom random = new SplittableRandom(seed++);
        TileTwin twin = new TileCases(isa, random).twin(choice);
        TileData data = TileData.of(twin, numbers, random);
        for (Side side : Side.values()) {
          TileCheck.requireRight(twin, data, numbers, run(twin, data, side, 0));
          calls++;
        }
      }
    }
    System.out.println("calls " + calls);
  }

  /** The output after a call. {@code shift}: bytes that all operands are given too far. */
  private Extent run(TileTwin twin, TileData data, Side side, long shift) throws Posix.Refused {
    CodeRegion.Builder builder = new CodeRegion.Builder();
    long entry = builder.add(twin.kernel().generate());
    try (Arena code = Arena.ofConfined()) {
      builder
          .build(code)
          .kernel(entry)
          .call(
              data.rows().place(rows, side) + shift,
              data.vectors().place(vectors, side) + shift,
              data.output().place(output, side) + shift,
              data.bias().place(bias, side),
              data.residual().place(residual, side),
              twin.tiles());
      if (!data.rows().same(data.rows().read(rows, side))
          || !data.vectors().same(data.vectors().read(vectors, side))) {
        throw new AssertionError("an input was changed: " + twin);
      }
      return data.output().read(output, side);
    }
  }

  /** A copy of one vector, one float too far. */
  private void overstep(Fault fault) throws Posix.Refused {
    boolean writes = fault == Fault.WRITE_BEFORE || fault == Fault.WRITE_BEYOND;
    boolean before = fault == Fault.READ_BEFORE || fault == Fault.WRITE_BEFORE;
    TileKernel kernel =
        new TileKernel(
            Isa.AVX2,
            new TileShape(1, 1),
            new TileKernel.Operands(0, 0, 0, 0, 0, 0, 0),
            new Reduction(List.of(new Reduction.Nest(List.of(), writes ? 0 : 1, 0, 0))),
            Isa.AVX2.lanes(),
            TileKernel.Start.ZERO,
            TileKernel.Finish.NONE);
    TileTwin twin = new TileTwin(kernel, 1);
    TileData data = TileData.of(twin, TileData.Numbers.INTEGERS, new SplittableRandom(SEED));
    Side side = before ? Side.BEGIN : Side.END;
    run(twin, data, side, 0);
    System.out.println("within");
    System.out.flush();
    run(twin, data, side, before ? -4 : 4);
    System.out.println("beyond");
  }

  @Override
  public void close() {
    arena.close();
  }
}
