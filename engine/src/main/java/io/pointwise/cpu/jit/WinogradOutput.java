// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.Winograd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generates the transform of a tile of products, {@code Y = Aᵀ M A}, of blocks of output channels
 * one after the other; the channels of a block are the lanes.
 *
 * <pre>
 * for each block:                       // r9 of them
 *   for each column of M:  t[·][column] = Aᵀ · M[·][column]     // stays in registers or on the stack
 *   for each row of t:     Y[row][·] = clamp(t[row][·] · A + bias + residual)
 * </pre>
 *
 * <p>Arguments of the function: where {@code M[0][0]} is, nothing, where {@code Y[0][0]} goes, the
 * bias, the residual, the number of blocks (at least 1).
 *
 * @param isa instruction set
 * @param formula whose {@code Aᵀ}
 * @param rows of {@code Y} that are in the image
 * @param columns of {@code Y} that are in the image
 * @param rowStep bytes from one row of the image to the next
 * @param blockStep bytes from one block of channels to the next in the image
 * @param productStep bytes from one element of {@code M} to the next
 * @param sourceStep bytes from one block to the next in {@code M}
 * @param finish what happens before values are stored
 */
record WinogradOutput(
    Isa isa,
    Winograd formula,
    int rows,
    int columns,
    long rowStep,
    long blockStep,
    long productStep,
    long sourceStep,
    TileKernel.Finish finish)
    implements Generator {
  private static final Gpr SOURCE = Gpr.RDI;
  private static final Gpr TARGET = Gpr.RDX;
  private static final Gpr BIAS = Gpr.RCX;
  private static final Gpr RESIDUAL = Gpr.R8;
  private static final Gpr BLOCKS = Gpr.R9;

  private static final Vec VALUE = Vec.of(8);
  private static final Vec LIMIT = Vec.of(9);
  private static final Vec OFFSET = Vec.of(10);

  @Override
  public byte[] generate() {
    Assembler a = new Assembler(isa);
    VectorAssembler v = a.vectors();
    int size = formula.inputTile();
    Frame.enter(a, (long) formula.outputTile() * size * isa.bytes());
    PairedColumns transform = new PairedColumns(a, formula.outputTransform());
    Label nextBlock = a.here();
    for (int column = 0; column < size; column++) {
      int at = column;
      List<@Nullable Vec> products =
          load(v, row -> Mem.at(SOURCE, ((long) row * size + at) * productStep));
      transform.emit(products, rows, (row, value) -> v.store(scratch(row, at), value));
    }
    v.load(OFFSET, Mem.at(BIAS));
    for (int row = 0; row < rows; row++) {
      int at = row;
      List<@Nullable Vec> values = load(v, column -> scratch(at, column));
      transform.emit(values, columns, (column, value) -> finish(a, value, at, column));
    }
    a.add(SOURCE, sourceStep);
    a.add(TARGET, blockStep);
    a.add(BIAS, isa.bytes());
    if (finish.residual()) {
      a.add(RESIDUAL, blockStep);
    }
    a.dec(BLOCKS);
    a.jumpIfNotZero(nextBlock);
    Frame.leave(a);
    return a.code();
  }

  private void finish(Assembler a, Vec value, int row, int column) {
    VectorAssembler v = a.vectors();
    long at = row * rowStep + (long) column * isa.bytes();
    v.add(VALUE, value, OFFSET);
    if (finish.residual()) {
      v.add(VALUE, VALUE, Mem.at(RESIDUAL, at));
    }
    Clamp clamp = finish.clamp();
    if (clamp.hasLow()) {
      Constants.load(a, LIMIT, clamp.low());
      v.maximum(VALUE, LIMIT, VALUE);
    }
    if (clamp.hasHigh()) {
      Constants.load(a, LIMIT, clamp.high());
      v.minimum(VALUE, LIMIT, VALUE);
    }
    v.store(Mem.at(TARGET, at), VALUE);
  }

  private Mem scratch(int row, int column) {
    return Mem.at(Gpr.RSP, ((long) row * formula.inputTile() + column) * isa.bytes());
  }

  private interface Places {
    Mem of(int place);
  }

  private List<@Nullable Vec> load(VectorAssembler v, Places places) {
    List<@Nullable Vec> loaded = new ArrayList<>();
    for (int place = 0; place < formula.inputTile(); place++) {
      v.load(Vec.of(place), places.of(place));
      loaded.add(Vec.of(place));
    }
    return Collections.unmodifiableList(loaded);
  }
}
