// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Kernels for {@link GuardedTiles}: every tile shape, as either role of its operands, with every
 * start and with whole and partial last vectors; what else there is, by chance.
 *
 * @param isa instruction set
 * @param random with a seed that makes the case again
 */
record TileCases(Isa isa, SplittableRandom random) {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static final List<Clamp> CLAMPS =
      List.of(
          Clamp.NONE,
          new Clamp(0, INFINITY),
          new Clamp(0, 6),
          new Clamp(-INFINITY, 1.5f),
          new Clamp(-1.25f, 0.75f));

  /** What the rows and the lanes of a tile are. */
  enum Role {
    /** Positions and output channels: a convolution on blocked channels. */
    POSITIONS_AS_ROWS,
    /** Output channels and positions: a convolution on NCHW. */
    CHANNELS_AS_ROWS
  }

  /** What is gone through one by one. */
  record Choice(TileShape shape, Role role, TileKernel.Start start, int lastLanes) {}

  static List<Choice> choices(Isa isa) {
    return shapes(isa)
        .flatMap(
            shape ->
                Stream.of(Role.values())
                    .flatMap(
                        role ->
                            Stream.of(TileKernel.Start.values())
                                .flatMap(
                                    start ->
                                        lastLanes(isa)
                                            .mapToObj(
                                                lanes -> new Choice(shape, role, start, lanes)))))
        .toList();
  }

  /** All that fit the registers. */
  static Stream<TileShape> shapes(Isa isa) {
    return IntStream.rangeClosed(1, isa.registers())
        .boxed()
        .flatMap(
            vectors ->
                IntStream.rangeClosed(1, TileShape.mostRows(isa, vectors))
                    .mapToObj(rows -> new TileShape(rows, vectors)));
  }

  private static IntStream lastLanes(Isa isa) {
    return isa == Isa.AVX512 ? IntStream.of(1, 7, isa.lanes() - 1, isa.lanes()) : IntStream.of(8);
  }

  TileTwin twin(Choice choice) {
    Reduction reduction = reduction(choice);
    TileKernel kernel =
        new TileKernel(
            isa,
            choice.shape,
            operands(choice),
            reduction,
            choice.lastLanes,
            choice.start,
            new TileKernel.Finish(random.nextBoolean(), CLAMPS.get(random.nextInt(CLAMPS.size()))));
    return new TileTwin(kernel, random.nextInt(1, 4));
  }

  private TileKernel.Operands operands(Choice choice) {
    int rows = choice.shape.rows();
    int vectors = choice.shape.vectors();
    // Floats that a row of the tile takes where its vectors lie side by side.
    int width = (vectors - 1) * isa.lanes() + choice.lastLanes;
    return switch (choice.role) {
      case POSITIONS_AS_ROWS -> {
        long position = (long) isa.bytes() * random.nextInt(1, 3);
        long plane = (long) isa.bytes() * (3 * rows + random.nextInt(4));
        yield new TileKernel.Operands(
            position,
            isa.bytes(),
            isa.bytes(),
            plane,
            rows * position,
            (long) rows * isa.bytes(),
            0);
      }
      case CHANNELS_AS_ROWS -> {
        // Weights as they come, with a row for each channel, or packed, with a tile's side by side.
        long channel = 4L * (random.nextBoolean() ? 1 : random.nextInt(20, 40));
        long plane = 4L * (width + random.nextInt(3));
        yield new TileKernel.Operands(
            channel,
            isa.bytes(),
            plane,
            isa.bytes(),
            rows * channel,
            rows * plane,
            choice.start == TileKernel.Start.BIAS_OF_ROWS ? 4L * rows : 0);
      }
    };
  }

  private Reduction reduction(Choice choice) {
    List<Reduction.Nest> nests = new ArrayList<>();
    for (int nest = random.nextInt(1, 3); nest > 0; nest--) {
      nests.add(nest(choice));
    }
    return new Reduction(nests);
  }

  private Reduction.Nest nest(Choice choice) {
    int steps = random.nextInt(1, 5);
    // To the next channel: beside in blocks, a whole plane or a tile's weights away else.
    boolean blocked = choice.role == Role.POSITIONS_AS_ROWS;
    long vectors = (long) isa.bytes() * choice.shape.vectors();
    long rowStep = 4L * (blocked ? 1 : choice.shape.rows());
    long vectorStep = vectors + (blocked ? 0 : 4L * random.nextInt(5));
    List<Reduction.Loop> loops = new ArrayList<>();
    for (int loop = random.nextInt(4); loop > 0; loop--) {
      loops.add(
          new Reduction.Loop(
              random.nextInt(1, 4),
              distance(steps * rowStep, isa.bytes()),
              distance(steps * vectorStep, vectors)));
    }
    return new Reduction.Nest(loops, steps, rowStep, vectorStep);
  }

  /** On, back, or nowhere. */
  private long distance(long dense, long other) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> -other;
      case 2 -> 3 * other;
      default -> dense;
    };
  }
}
