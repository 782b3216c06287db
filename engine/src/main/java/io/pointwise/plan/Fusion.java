// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.layer.Activation;
import io.pointwise.layer.Add;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Pad;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a network for execution, in one pass over its layers: dropout goes, batch norm is folded
 * into the linear layer before it, residual adds and activations move into the epilogue of the
 * layer before them, and a pad becomes padding of the window behind it. A value is only fused away
 * if nobody else reads it.
 *
 * <p>A fused node stands where its last layer stood, so everything that it reads is computed before
 * it.
 */
final class Fusion {
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, FusedNode> fused = new LinkedHashMap<>();

  private Fusion(Network network) {
    for (Node node : network.nodes()) {
      if (!(node.layer() instanceof Dropout)) {
        node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
      }
    }
    network.outputs().forEach(output -> readers.merge(output, 1, Integer::sum));
    for (Node node : network.nodes().reversed()) {
      if (node.layer() instanceof Dropout) {
        readers.merge(node.inputs().getFirst(), readers.getOrDefault(node.name(), 0), Integer::sum);
      }
    }
  }

  /**
   * What fusion gives.
   *
   * @param nodes in an order in which they can run
   * @param aliases values that were removed, each with the value that stands for it
   */
  record Result(List<FusedNode> nodes, Map<String, String> aliases) {
    String resolve(String value) {
      return aliases.getOrDefault(value, value);
    }
  }

  static Result fuse(Network network) {
    Fusion fusion = new Fusion(network);
    network.nodes().forEach(fusion::add);
    return new Result(List.copyOf(fusion.fused.values()), Map.copyOf(fusion.aliases));
  }

  private void add(Node node) {
    List<String> inputs = node.inputs().stream().map(this::resolve).toList();
    switch (node.layer()) {
      case Dropout _ -> aliases.put(node.name(), inputs.getFirst());
      case BatchNorm norm when foldInto(inputs.getFirst()) -> fold(node, norm, inputs.getFirst());
      case Add _ when residualProducer(node, inputs) != null -> fuseResidual(node, inputs);
      case Activation activation when takesActivation(inputs.getFirst()) ->
          put(take(inputs.getFirst()).withActivation(node.name(), activation.function()));
      default -> put(withPad(FusedNode.of(node, inputs)));
    }
  }

  /** The node with the pad before it merged in, where that can be. */
  private FusedNode withPad(FusedNode node) {
    if (node.inputs().size() != 1) {
      return node;
    }
    String value = node.inputs().getFirst();
    FusedNode before = onlyReader(value);
    if (before == null || !(before.layer() instanceof Pad pad)) {
      return node;
    }
    Layer merged = PadMerging.merge(node.layer(), pad);
    return merged == null ? node : node.absorbing(take(value), merged);
  }

  private boolean foldInto(String value) {
    FusedNode producer = onlyReader(value);
    return producer != null
        && producer.epilogue().isNone()
        && BatchNormFolding.foldable(producer.layer()) != null;
  }

  private void fold(Node node, BatchNorm norm, String value) {
    FusedNode producer = take(value);
    Weights weights =
        BatchNormFolding.fold(
            folded(producer.layer()), producer.weights(), norm, node.weights(), node.shape());
    put(producer.withFolded(node.name(), Fusion::folded, weights));
  }

  private static Layer folded(Layer layer) {
    Layer folded = BatchNormFolding.foldable(layer);
    if (folded == null) {
      throw new IllegalStateException("batch norm folded into " + layer);
    }
    return folded;
  }

  /** The input of an add that can take the other one as its residual: the later one if both can. */
  private @Nullable String residualProducer(Node node, List<String> inputs) {
    if (inputs.getFirst().equals(inputs.getLast())) {
      return null;
    }
    for (Shape shape : node.inputShapes()) {
      if (!shape.equals(node.shape())) {
        return null;
      }
    }
    String found = null;
    for (String value : fused.keySet()) {
      if (inputs.contains(value) && takesResidual(value)) {
        found = value;
      }
    }
    return found;
  }

  private boolean takesResidual(String value) {
    FusedNode producer = onlyReader(value);
    return producer != null && producer.epilogue().isNone() && isLinear(producer.layer());
  }

  private void fuseResidual(Node node, List<String> inputs) {
    String producer = residualProducer(node, inputs);
    String residual = inputs.getFirst().equals(producer) ? inputs.getLast() : inputs.getFirst();
    put(take(String.valueOf(producer)).withResidual(node.name(), residual));
  }

  private boolean takesActivation(String value) {
    FusedNode producer = onlyReader(value);
    return producer != null
        && producer.epilogue().activation() == null
        && (isLinear(producer.layer())
            || producer.layer() instanceof Add
            || producer.layer() instanceof BatchNorm);
  }

  private static boolean isLinear(Layer layer) {
    return layer instanceof Conv2d || layer instanceof ConvTranspose2d || layer instanceof Linear;
  }

  private @Nullable FusedNode onlyReader(String value) {
    return readers.getOrDefault(value, 0) == 1 ? fused.get(value) : null;
  }

  private FusedNode take(String value) {
    FusedNode node = fused.remove(value);
    if (node == null) {
      throw new IllegalStateException("no fused node gives " + value);
    }
    return node;
  }

  private void put(FusedNode node) {
    fused.put(node.name(), node);
  }

  private String resolve(String value) {
    return aliases.getOrDefault(value, value);
  }
}
