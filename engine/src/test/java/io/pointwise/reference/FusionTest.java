// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.cpu.scalar.Allowance;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final Network NETWORK =
      Network.builder("fusible")
          .input("x", Shape.of(1, 3, 8, 8))
          .conv("twice", 4, Window.square(3).padSame())
          .batchNorm()
          .dropout(0.5f)
          .batchNorm()
          .relu()
          .batchNorm()
          .residual(b -> b.conv("once", 4, Window.square(1)).batchNorm())
          .relu()
          .conv("never", 2, Window.square(1))
          .relu()
          .build(0);

  /** Allowances by node, convolutions summing 27, 4 and 4 products. */
  private static Allowance allowance(String name) {
    Fusion fusion = new Fusion(NETWORK);
    Map<String, Allowance> allowances = new HashMap<>();
    for (Node node : NETWORK.nodes()) {
      allowances.put(node.name(), fusion.allowance(node));
      fusion.note(node, node.name().equals("twice") ? 27 : 4);
    }
    return Objects.requireNonNull(allowances.get(name), name);
  }

  @Test
  void countsTheBatchNormsThatMayBeFoldedIntoALayer() {
    assertEquals(2, allowance("twice").folds());
    assertEquals(1, allowance("once").folds());
    assertEquals(0, allowance("never").folds());
  }

  @Test
  void aBatchNormBehindAnotherMayBeFoldedThroughIt() {
    assertEquals(new Allowance(1, List.of(27L)), allowance("batch-norm-1"));
    assertEquals(new Allowance(0, List.of(27L)), allowance("batch-norm-2"));
  }

  @Test
  void activationsEndWhatMayBeFolded() {
    assertEquals(new Allowance(0, List.of(0L)), allowance("batch-norm-3"));
  }

  @Test
  void aSumMayBecomeTheResidualOfTheConvolutionBehindEitherOperand() {
    assertEquals(new Allowance(0, List.of(4L, 0L)), allowance("add-1"));
  }
}
