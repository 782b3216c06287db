// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.jit.WindowAxis.Taps;
import java.util.List;

/**
 * Writes a function that slides a window over one block of channels of NCHWc, each channel by
 * itself: lanes are channels. It computes rows of the output whose windows have the same rows of
 * taps in the input.
 *
 * <p>A row is cut into tiles of columns that are kept in registers. Each column has code for just
 * those taps that lie in the input, so the input needs no padding. Tiles that are equal in this and
 * follow each other, in the interior most of them, share their code in a loop.
 *
 * <p>Arguments of the function: where the window of the first output would begin in the input, the
 * weights {@code [kh][kw][lanes]}, the output, the bias {@code [lanes]}, the residual, the number
 * of rows (at least 1). Only {@link WindowFunction.Weighing} reads weights, bias and residual.
 *
 * @param isa instruction set
 * @param distances where things are
 * @param rows taps of these rows
 * @param columns taps of each column of the output
 * @param function of the window
 */
record WindowKernel(
    Isa isa, Distances distances, Taps rows, List<Taps> columns, WindowFunction function)
    implements Generator {
  private static final Gpr INPUT = Gpr.RDI;
  private static final Gpr OUTPUT = Gpr.RDX;
  private static final Gpr RESIDUAL = Gpr.R8;
  private static final Gpr ROWS = Gpr.R9;
  private static final Gpr TURNS = Gpr.R10;

  WindowKernel {
    columns = List.copyOf(columns);
  }

  /**
   * Distances in the input, in bytes.
   *
   * @param kw taps of a row
   * @param tapRow from one row of taps to the next
   * @param tapColumn from one tap of a row to the next
   * @param nextRow from one row of windows to the next
   * @param nextColumn from one window of a row to the next
   */
  record Distances(int kw, long tapRow, long tapColumn, long nextRow, long nextColumn) {
    static Distances of(WindowAxis rows, WindowAxis columns, int vectorBytes) {
      long row = (long) columns.size() * vectorBytes;
      return new Distances(
          columns.taps(),
          rows.dilation() * row,
          (long) columns.dilation() * vectorBytes,
          rows.stride() * row,
          (long) columns.stride() * vectorBytes);
    }
  }

  /**
   * Tiles that follow each other and are equal.
   *
   * @param columns of one of them
   * @param turns how many
   */
  private record Tiles(List<Taps> columns, int turns) {}

  @Override
  public byte[] generate() {
    Assembler a = new Assembler(isa);
    int taps = rows.count() * distances.kw();
    WindowRegisters registers =
        WindowRegisters.prepare(a, function, rows.first() * distances.kw(), taps);
    Label nextRow = a.here();
    for (int at = 0; at < columns.size(); ) {
      Tiles tiles = tilesFrom(at);
      if (tiles.turns() == 1) {
        tile(a, registers, tiles.columns());
      } else {
        a.mov(TURNS, tiles.turns());
        Label nextTile = a.here();
        tile(a, registers, tiles.columns());
        a.dec(TURNS);
        a.jumpIfNotZero(nextTile);
      }
      at += tiles.columns().size() * tiles.turns();
    }
    a.add(INPUT, distances.nextRow() - columns.size() * distances.nextColumn());
    a.dec(ROWS);
    a.jumpIfNotZero(nextRow);
    a.vectors().zeroUpper();
    a.ret();
    return a.code();
  }

  /** Products, or other combinations of two vectors, that the code spells out. */
  long writtenTaps() {
    long taps = 0;
    for (int at = 0; at < columns.size(); ) {
      Tiles tiles = tilesFrom(at);
      taps += tiles.columns().stream().mapToLong(Taps::count).sum();
      at += tiles.columns().size() * tiles.turns();
    }
    return taps * rows.count();
  }

  private Tiles tilesFrom(int first) {
    int most = WindowRegisters.mostColumns(isa);
    int width = Math.ceilDiv(columns.size(), Math.ceilDiv(columns.size(), most));
    int end = Math.min(first + width, columns.size());
    List<Taps> tile = columns.subList(first, end);
    int turns = 1;
    int next = end;
    while (next + width <= columns.size() && columns.subList(next, next + width).equals(tile)) {
      turns++;
      next += width;
    }
    return new Tiles(tile, turns);
  }

  private void tile(Assembler a, WindowRegisters registers, List<Taps> tile) {
    registers.begin(tile.size());
    int tap = 0;
    for (int p = rows.first(); p < rows.end(); p++) {
      for (int q = 0; q < distances.kw(); q++) {
        registers.tap(tap++);
        for (int column = 0; column < tile.size(); column++) {
          if (tile.get(column).has(q)) {
            registers.take(column, Mem.at(INPUT, place(p, q, column)));
          }
        }
      }
    }
    for (int column = 0; column < tile.size(); column++) {
      long at = (long) column * isa.bytes();
      registers.finish(column, divisor(tile.get(column)), Mem.at(RESIDUAL, at));
      a.vectors().store(Mem.at(OUTPUT, at), registers.result(column));
    }
    a.add(INPUT, tile.size() * distances.nextColumn());
    a.add(OUTPUT, (long) tile.size() * isa.bytes());
    if (function instanceof WindowFunction.Weighing(TileKernel.Finish finish)
        && finish.residual()) {
      a.add(RESIDUAL, (long) tile.size() * isa.bytes());
    }
  }

  private long place(int p, int q, int column) {
    return p * distances.tapRow() + q * distances.tapColumn() + column * distances.nextColumn();
  }

  /** What a mean divides by; at least 1, so that a window of nothing gives 0. */
  private long divisor(Taps column) {
    boolean padding = function instanceof WindowFunction.Mean(boolean counts) && counts;
    return Math.max(
        1, padding ? (long) rows.padded() * column.padded() : (long) rows.count() * column.count());
  }
}
