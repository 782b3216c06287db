// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.Winograd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generates the transform of an input tile, {@code V = Bᵀ d B}, of blocks of channels one after the
 * other; the channels of a block are the lanes.
 *
 * <pre>
 * for each block:                       // r9 of them
 *   for each column of d:  scratch[·][column] = Bᵀ · d[·][column]
 *   for each row of scratch: V[row][·] = scratch[row][·] · B
 * </pre>
 *
 * <p>Arguments of the function: where {@code d[0][0]} is or would be, where {@code V[0][0]} goes,
 * nothing, nothing, nothing, the number of blocks (at least 1).
 *
 * @param isa instruction set
 * @param formula whose {@code Bᵀ}
 * @param rows of {@code d} that are in the image; the others are zero and not read
 * @param columns of {@code d} that are in the image
 * @param rowStep bytes from one row of the image to the next
 * @param blockStep bytes from one block of channels to the next in the image
 * @param productStep bytes from one element of {@code V} to the next
 * @param targetStep bytes from one block to the next in {@code V}
 */
record WinogradInput(
    Isa isa,
    Winograd formula,
    Extent rows,
    Extent columns,
    long rowStep,
    long blockStep,
    long productStep,
    long targetStep)
    implements Generator {
  private static final Gpr SOURCE = Gpr.RDI;
  private static final Gpr TARGET = Gpr.RSI;
  private static final Gpr BLOCKS = Gpr.R9;

  /** From {@code from}, inclusive, to {@code to}, exclusive. */
  record Extent(int from, int to) {
    boolean has(int place) {
      return place >= from && place < to;
    }
  }

  @Override
  public byte[] generate() {
    Assembler a = new Assembler(isa);
    VectorAssembler v = a.vectors();
    int size = formula.inputTile();
    Frame.enter(a, (long) size * size * isa.bytes());
    PairedRows transform = new PairedRows(a, formula.inputTransform());
    Label nextBlock = a.here();
    for (int column = columns.from(); column < columns.to(); column++) {
      int at = column;
      List<@Nullable Vec> inputs =
          load(v, rows, row -> Mem.at(SOURCE, row * rowStep + (long) at * isa.bytes()));
      transform.emit(inputs, (row, value) -> v.store(scratch(row, at), value));
    }
    for (int row = 0; row < size; row++) {
      int at = row;
      List<@Nullable Vec> inputs = load(v, columns, column -> scratch(at, column));
      transform.emit(
          inputs,
          (column, value) ->
              v.store(Mem.at(TARGET, ((long) at * size + column) * productStep), value));
    }
    a.add(SOURCE, blockStep);
    a.add(TARGET, targetStep);
    a.dec(BLOCKS);
    a.jumpIfNotZero(nextBlock);
    Frame.leave(a);
    return a.code();
  }

  private Mem scratch(int row, int column) {
    return Mem.at(Gpr.RSP, ((long) row * formula.inputTile() + column) * isa.bytes());
  }

  private interface Places {
    Mem of(int place);
  }

  /** Loads the elements of a row or column that exist into the first registers. */
  private List<@Nullable Vec> load(VectorAssembler v, Extent extent, Places places) {
    List<@Nullable Vec> loaded = new ArrayList<>();
    for (int place = 0; place < formula.inputTile(); place++) {
      if (extent.has(place)) {
        v.load(Vec.of(place), places.of(place));
      }
      loaded.add(extent.has(place) ? Vec.of(place) : null);
    }
    return loaded;
  }
}
