// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.List;

/**
 * The order in which a tile's products are summed, as nests of loops that follow each other. All
 * distances are in bytes.
 *
 * @param nests done one after the other; both operands' places go on from one to the next
 */
record Reduction(List<Nest> nests) {
  Reduction {
    nests = List.copyOf(nests);
  }

  /**
   * Loops around a body that is written out.
   *
   * @param loops outermost first
   * @param steps products in the body
   * @param rowStep from one product to the next in the operand of the rows
   * @param vectorStep the same in the operand of the vectors
   */
  record Nest(List<Loop> loops, int steps, long rowStep, long vectorStep) {
    Nest {
      loops = List.copyOf(loops);
    }
  }

  /**
   * One loop.
   *
   * @param turns at least 1
   * @param rowStep from one turn to the next in the operand of the rows
   * @param vectorStep the same in the operand of the vectors
   */
  record Loop(long turns, long rowStep, long vectorStep) {}
}
