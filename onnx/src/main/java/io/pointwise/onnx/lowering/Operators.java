// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.UnsupportedOnnxException;
import io.pointwise.onnx.graph.GraphNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All operators that can be lowered, by name. */
final class Operators {
  private static final Map<String, Operator> BY_NAME = new HashMap<>();

  static {
    Stream.of(
            ConvolutionRules.all(),
            PoolingRules.all(),
            ActivationRules.all(),
            ArithmeticRules.all(),
            MatrixRules.all(),
            NormalizationRules.all(),
            ReductionRules.all(),
            ViewRules.all(),
            MovementRules.all(),
            ShapeRules.all(),
            CastRules.all(),
            ResizeRules.all())
        .flatMap(List::stream)
        .forEach(operator -> BY_NAME.put(operator.name(), operator));
  }

  private Operators() {}

  /** Names of all operators. */
  static Set<String> names() {
    return Collections.unmodifiableSet(BY_NAME.keySet());
  }

  /**
   * The operator of a node.
   *
   * @throws UnsupportedOnnxException if there is none, or it has an attribute that is not known
   */
  static Operator of(GraphNode node) {
    Operator operator = node.domain().isEmpty() ? BY_NAME.get(node.operator()) : null;
    if (operator == null) {
      String domain = node.domain().isEmpty() ? "" : " of domain " + node.domain();
      throw new UnsupportedOnnxException(
          node.name(),
          node.operator(),
          "operator " + node.operator() + domain + " is not supported");
    }
    requireInputs(node, operator);
    for (String attribute : node.attributes().names()) {
      if (!operator.attributes().contains(attribute)) {
        throw new UnsupportedOnnxException(
            node.name(),
            node.operator(),
            "attribute "
                + attribute
                + " with value "
                + node.attributes().describe(attribute)
                + " is not supported");
      }
    }
    return operator;
  }

  /** Inputs that are left out at the end do not count. */
  private static void requireInputs(GraphNode node, Operator operator) {
    int count = node.inputs().size();
    while (count > 0 && node.inputs().get(count - 1).isEmpty()) {
      count--;
    }
    if (count > operator.mostInputs()) {
      throw new OnnxException(
          node.describe()
              + ": it has "
              + count
              + " inputs, the operator takes at most "
              + operator.mostInputs());
    }
  }
}
