// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.Cost;
import io.pointwise.layer.InvalidSpecException;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Role;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable graph of named layers with their weights, in an order in which it can run. Built
 * with {@link #builder} or {@link #graph}; ready ones are in {@link Networks}.
 */
public final class Network {
  private final String name;
  private final Map<String, Shape> inputs;
  private final Map<String, Node> nodes;
  private final List<String> outputs;

  private Network(
      String name, Map<String, Shape> inputs, Map<String, Node> nodes, List<String> outputs) {
    this.name = name;
    this.inputs = inputs;
    this.nodes = nodes;
    this.outputs = outputs;
  }

  /** A fluent builder for sequences, branches and residuals. */
  public static NetworkBuilder builder(String name) {
    return new NetworkBuilder(name);
  }

  /** A builder that takes one named layer after the other, for importers. */
  public static Graph graph(String name) {
    return new Graph(name);
  }

  public String name() {
    return name;
  }

  /** Inputs by name, in order. */
  public Map<String, Shape> inputs() {
    return inputs;
  }

  /** Nodes in an order in which each comes after what it reads. */
  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /** The node of this name. */
  public Node node(String nodeName) {
    Node node = nodes.get(nodeName);
    if (node == null) {
      throw new IllegalArgumentException("network " + name + " has no layer named " + nodeName);
    }
    return node;
  }

  /** Names of the values that a run gives, in order. */
  public List<String> outputs() {
    return outputs;
  }

  /** The shape of an input or of a layer's output. */
  public Shape shape(String value) {
    Shape input = inputs.get(value);
    return input != null ? input : node(value).shape();
  }

  /** The shapes of all inputs and layer outputs by name, inputs first. */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>(inputs);
    nodes.forEach((key, node) -> shapes.put(key, node.shape()));
    return Collections.unmodifiableMap(shapes);
  }

  /** Sum of the costs of all layers. */
  public Cost cost() {
    Cost sum = Cost.ZERO;
    for (Node node : nodes.values()) {
      sum = sum.plus(node.cost());
    }
    return sum;
  }

  /**
   * The same network, weights included, for inputs of other shapes, in the order of {@link
   * #inputs()}.
   */
  public Network withInputs(List<Shape> shapes) {
    if (shapes.size() != inputs.size()) {
      throw new InvalidSpecException(
          "network "
              + name
              + " has "
              + inputs.size()
              + " inputs, got "
              + shapes.size()
              + " shapes");
    }
    Graph graph = graph(name);
    int next = 0;
    for (String input : inputs.keySet()) {
      graph.input(input, shapes.get(next++));
    }
    for (Node node : nodes.values()) {
      graph.add(node.name(), node.layer(), node.weights(), node.inputs());
    }
    return graph.build(outputs);
  }

  /** The same network for another batch size: dimension 0 of every input. */
  public Network withBatch(int n) {
    return withInputs(inputs.values().stream().map(shape -> shape.with(0, n)).toList());
  }

  @Override
  public String toString() {
    return "Network[" + name + ", " + nodes.size() + " layers]";
  }

  /** Takes layers one by one; each may read what was added before. */
  public static final class Graph {
    private final String name;
    private final Map<String, Shape> inputs = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private Graph(String name) {
      this.name = name;
    }

    /** Adds an input. */
    public Graph input(String input, Shape shape) {
      requireNew(input);
      inputs.put(input, shape);
      return this;
    }

    /**
     * Adds a layer.
     *
     * @return the shape of its output
     * @throws InvalidSpecException if the name is taken, an input is unknown, or the layer cannot
     *     take these inputs or weights; the message begins with the layer's name
     */
    public Shape add(String node, Layer layer, Weights weights, List<String> reads) {
      requireNew(node);
      List<Shape> shapes = new ArrayList<>();
      for (String read : reads) {
        shapes.add(shape(node, read));
      }
      Shape shape;
      Map<Role, Shape> wanted = new EnumMap<>(Role.class);
      try {
        shape = layer.outputShape(shapes);
        wanted.putAll(layer.weights(shapes));
      } catch (InvalidSpecException e) {
        throw new InvalidSpecException("layer " + node + ": " + e.getMessage());
      }
      if (!wanted.equals(weights.shapes())) {
        throw new InvalidSpecException(
            "layer "
                + node
                + ": needs weights "
                + wanted
                + ", got "
                + new TreeMap<>(weights.shapes()));
      }
      nodes.put(node, new Node(node, layer, reads, shapes, shape, weights));
      return shape;
    }

    /** The shapes of the weights that a layer needs at this place. */
    public Map<Role, Shape> weightShapes(String node, Layer layer, List<String> reads) {
      try {
        return layer.weights(reads.stream().map(read -> shape(node, read)).toList());
      } catch (InvalidSpecException e) {
        throw new InvalidSpecException("layer " + node + ": " + e.getMessage());
      }
    }

    /** The network that gives these values. */
    public Network build(List<String> outputs) {
      if (inputs.isEmpty()) {
        throw new InvalidSpecException("network " + name + " has no input");
      }
      if (outputs.isEmpty()) {
        throw new InvalidSpecException("network " + name + " has no output");
      }
      outputs.forEach(this::shapeOf);
      return new Network(
          name,
          Collections.unmodifiableMap(new LinkedHashMap<>(inputs)),
          Collections.unmodifiableMap(new LinkedHashMap<>(nodes)),
          List.copyOf(outputs));
    }

    /** The shape of an input or of a layer that was added. */
    public Shape shapeOf(String value) {
      Shape shape = find(value);
      if (shape == null) {
        throw new InvalidSpecException("network " + name + " has no input or layer named " + value);
      }
      return shape;
    }

    private Shape shape(String reader, String value) {
      Shape shape = find(value);
      if (shape == null) {
        throw new InvalidSpecException(
            "layer " + reader + ": reads " + value + ", which is not there before it");
      }
      return shape;
    }

    private @Nullable Shape find(String value) {
      Node node = nodes.get(value);
      return node != null ? node.shape() : inputs.get(value);
    }

    private void requireNew(String value) {
      if (value.isBlank()) {
        throw new InvalidSpecException(
            "network " + name + ": a layer or input needs a name, got \"" + value + "\"");
      }
      if (inputs.containsKey(value) || nodes.containsKey(value)) {
        throw new InvalidSpecException(
            "network " + name + ": two layers or inputs are named " + value);
      }
    }
  }
}
