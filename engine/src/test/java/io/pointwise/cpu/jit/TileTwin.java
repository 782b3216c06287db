// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The slow twin of {@link TileKernel}: which floats it touches, and what each of the output should
 * be, one after the other in double precision.
 *
 * @param kernel the fast one
 * @param tiles how many it is asked for
 */
record TileTwin(TileKernel kernel, int tiles) {
  /** Half the distance from 1 to the next float: the unit roundoff. */
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  /** One product: where its factors are, in bytes from the tile's place in either operand. */
  record Product(long row, long vector) {}

  /** One sum. */
  record Sum(int tile, int row, int vector, int lane) {}

  /** A value, and how far a float32 evaluation may be from it. */
  record Bounded(double value, double bound) {}

  /** The products of every sum, in the order that {@link Reduction} tells. */
  List<Product> products() {
    List<Product> products = new ArrayList<>();
    long row = 0;
    long vector = 0;
    for (Reduction.Nest nest : kernel.reduction().nests()) {
      add(nest, 0, new Product(row, vector), products);
      if (!nest.loops().isEmpty()) {
        Reduction.Loop outermost = nest.loops().getFirst();
        row += outermost.turns() * outermost.rowStep();
        vector += outermost.turns() * outermost.vectorStep();
      }
    }
    return products;
  }

  private static void add(Reduction.Nest nest, int depth, Product at, List<Product> products) {
    if (depth < nest.loops().size()) {
      Reduction.Loop loop = nest.loops().get(depth);
      for (long turn = 0; turn < loop.turns(); turn++) {
        Product next =
            new Product(at.row + turn * loop.rowStep(), at.vector + turn * loop.vectorStep());
        add(nest, depth + 1, next, products);
      }
      return;
    }
    for (int step = 0; step < nest.steps(); step++) {
      products.add(
          new Product(at.row + step * nest.rowStep(), at.vector + step * nest.vectorStep()));
    }
  }

  /** All sums of all tiles. */
  List<Sum> sums() {
    List<Sum> sums = new ArrayList<>();
    TileShape shape = kernel.tile();
    for (int tile = 0; tile < tiles; tile++) {
      for (int row = 0; row < shape.rows(); row++) {
        for (int vector = 0; vector < shape.vectors(); vector++) {
          boolean last = vector == shape.vectors() - 1;
          int lanes = last ? kernel.lastLanes() : kernel.isa().lanes();
          for (int lane = 0; lane < lanes; lane++) {
            sums.add(new Sum(tile, row, vector, lane));
          }
        }
      }
    }
    return sums;
  }

  /** Where the sum goes, in bytes from the output; its residual lies there too. */
  long output(Sum sum) {
    TileKernel.Operands operands = kernel.operands();
    return sum.tile * operands.nextOutput()
        + sum.row * operands.outputRow()
        + sum.vector * operands.outputVector()
        + 4L * sum.lane;
  }

  private long row(Sum sum, Product product) {
    TileKernel.Operands operands = kernel.operands();
    return sum.tile * operands.nextRows() + sum.row * operands.row() + product.row;
  }

  private long vector(Sum sum, Product product) {
    return sum.vector * kernel.operands().vector() + 4L * sum.lane + product.vector;
  }

  private long bias(Sum sum) {
    int place =
        switch (kernel.start()) {
          case BIAS_OF_LANES -> sum.vector * kernel.isa().lanes() + sum.lane;
          case BIAS_OF_ROWS -> sum.row;
          case OUTPUT, ZERO -> throw new AssertionError("no bias");
        };
    return sum.tile * kernel.operands().nextBias() + 4L * place;
  }

  LongStream outputs() {
    return sums().stream().mapToLong(this::output);
  }

  LongStream rows() {
    return firstLanes()
        .flatMapToLong(sum -> products().stream().mapToLong(product -> row(sum, product)));
  }

  LongStream vectors() {
    return sums().stream()
        .filter(sum -> sum.tile == 0 && sum.row == 0)
        .flatMapToLong(sum -> products().stream().mapToLong(product -> vector(sum, product)));
  }

  /** Of biases of lanes whole vectors are read, whatever the last one's lanes are. */
  LongStream biases() {
    return switch (kernel.start()) {
      case OUTPUT, ZERO -> LongStream.empty();
      case BIAS_OF_ROWS -> firstLanes().mapToLong(this::bias);
      case BIAS_OF_LANES -> firstLanes().flatMapToLong(this::wholeVector);
    };
  }

  private LongStream wholeVector(Sum sum) {
    long first = bias(sum);
    return LongStream.range(0, kernel.isa().lanes()).map(lane -> first + 4 * lane);
  }

  private Stream<Sum> firstLanes() {
    return sums().stream().filter(sum -> sum.lane == 0);
  }

  /**
   * What a sum should be.
   *
   * <p>With k roundings, one for each product and one for the residual, the error is at most γₖ = k
   * u ⁄ (1 − k u) times the sum of all sizes (Higham, "Accuracy and Stability of Numerical
   * Algorithms", section 3.1); a clamp makes no error larger.
   */
  Bounded expected(Sum sum, List<Product> products, TileData data) {
    double value =
        switch (kernel.start()) {
          case BIAS_OF_LANES, BIAS_OF_ROWS -> data.bias().get(bias(sum));
          case OUTPUT -> data.output().get(output(sum));
          case ZERO -> 0;
        };
    double size = Math.abs(value);
    for (Product product : products) {
      double term =
          (double) data.rows().get(row(sum, product)) * data.vectors().get(vector(sum, product));
      value += term;
      size += Math.abs(term);
    }
    if (kernel.finish().residual()) {
      double residual = data.residual().get(output(sum));
      value += residual;
      size += Math.abs(residual);
    }
    double roundings = products.size() + 1;
    double gamma = roundings * UNIT_ROUNDOFF / (1 - roundings * UNIT_ROUNDOFF);
    return new Bounded(clamped(value), gamma * size);
  }

  private double clamped(double value) {
    Clamp clamp = kernel.finish().clamp();
    if (value < clamp.low()) {
      return clamp.low();
    }
    return value > clamp.high() ? clamp.high() : value;
  }
}
