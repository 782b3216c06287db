// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Epilogue;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Layer;
import io.pointwise.network.Node;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A layer after fusion.
 *
 * @param name of the value that it gives: that of the last layer that it covers
 * @param layer the operation, batch norm folded in
 * @param inputs names of the values that it reads, the residual last
 * @param inputShapes their shapes
 * @param shape of the output
 * @param weights folded
 * @param epilogue fused behind
 * @param covers names of the network's layers that it computes, but for an absorbed one; its own
 *     layer first
 * @param absorbed a pad before it that became padding of its window; null for none
 */
record FusedNode(
    String name,
    Layer layer,
    List<String> inputs,
    List<Shape> inputShapes,
    Shape shape,
    Weights weights,
    Epilogue epilogue,
    List<String> covers,
    @Nullable Absorbed absorbed) {

  /**
   * A layer before this one that this one does too.
   *
   * @param node of the layer
   * @param without the layer of this node as it is without it
   */
  record Absorbed(FusedNode node, Layer without) {}

  /** A layer as it stands in the network. */
  static FusedNode of(Node node, List<String> inputs) {
    return new FusedNode(
        node.name(),
        node.layer(),
        inputs,
        node.inputShapes(),
        node.shape(),
        node.weights(),
        Epilogue.NONE,
        List.of(node.name()),
        null);
  }

  /** All layers of the network that it computes, its own first. */
  List<String> allCovers() {
    return absorbed == null ? covers : append(covers, absorbed.node.name);
  }

  /** This node doing the work of the one before it as well, by being {@code merged}. */
  FusedNode absorbing(FusedNode before, Layer merged) {
    return new FusedNode(
        name,
        merged,
        before.inputs,
        before.inputShapes,
        shape,
        weights,
        epilogue,
        covers,
        new Absorbed(before, layer));
  }

  /** This node without the absorbed one, which it reads again. */
  FusedNode without(Absorbed before) {
    return new FusedNode(
        name,
        before.without,
        List.of(before.node.name),
        List.of(before.node.shape),
        shape,
        weights,
        epilogue,
        covers,
        null);
  }

  FusedNode withActivation(String newName, ActivationFunction activation) {
    return new FusedNode(
        newName,
        layer,
        inputs,
        inputShapes,
        shape,
        weights,
        new Epilogue(epilogue.residual(), activation),
        append(covers, newName),
        absorbed);
  }

  FusedNode withResidual(String newName, String residual) {
    return new FusedNode(
        newName,
        layer,
        append(inputs, residual),
        append(inputShapes, shape),
        shape,
        weights,
        new Epilogue(true, null),
        append(covers, newName),
        absorbed);
  }

  /**
   * With a batch norm folded in.
   *
   * @param fold what folding makes of a layer
   */
  FusedNode withFolded(String newName, UnaryOperator<Layer> fold, Weights foldedWeights) {
    return new FusedNode(
        newName,
        fold.apply(layer),
        inputs,
        inputShapes,
        shape,
        foldedWeights,
        epilogue,
        append(covers, newName),
        absorbed == null ? null : new Absorbed(absorbed.node, fold.apply(absorbed.without)));
  }

  static <T> List<T> append(List<T> list, T last) {
    List<T> copy = new ArrayList<>(list);
    copy.add(last);
    return List.copyOf(copy);
  }
}
