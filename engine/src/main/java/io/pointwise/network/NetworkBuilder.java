// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Constant;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.InvalidSpecException;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Role;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Network} as one writes it down: each call adds a layer that reads the current
 * value and makes its output the current one. Names are optional; without one a layer is named
 * after its kind and a number.
 *
 * <pre>{@code
 * Network net = Network.builder("tiny")
 *     .input("image", Shape.of(1, 3, 32, 32))
 *     .conv(16, Window.square(3).padSame()).relu()
 *     .residual(b -> b.pointwise(8).relu().pointwise(16))
 *     .branches(b -> b.pointwise(8), b -> b.conv(8, Window.square(3).padSame()))
 *     .globalAvgPool().flatten().linear(10).softmax()
 *     .build(42);
 * }</pre>
 *
 * <p>Weights that are not given are initialised by {@link #build(long)}. Not safe for use by
 * several threads.
 */
public final class NetworkBuilder {
  private static final Layer RELU = new Activation(new ActivationFunction.Relu());

  private record Planned(
      String name,
      Layer layer,
      Map<Role, Shape> wanted,
      List<String> reads,
      @Nullable Weights given) {}

  private final String networkName;
  private final Network.Graph shapes;
  private final Map<String, Shape> inputs = new LinkedHashMap<>();
  private final List<Planned> planned = new ArrayList<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private String prefix = "";
  private String current = "";

  NetworkBuilder(String networkName) {
    this.networkName = networkName;
    this.shapes = Network.graph(networkName);
  }

  /** Adds an input and makes it the current value. */
  public NetworkBuilder input(String name, Shape shape) {
    shapes.input(name, shape);
    inputs.put(name, shape);
    current = name;
    return this;
  }

  /** Name of the current value. */
  public String current() {
    if (current.isEmpty()) {
      throw new InvalidSpecException("network " + networkName + ": add an input first");
    }
    return current;
  }

  /** Makes another value the current one. */
  public NetworkBuilder from(String value) {
    current = value;
    return this;
  }

  /** Puts {@code scope/} before the names of all layers that {@code body} adds. */
  public NetworkBuilder scope(String scope, UnaryOperator<NetworkBuilder> body) {
    String outer = prefix;
    prefix = outer + scope + "/";
    try {
      return body.apply(this);
    } finally {
      prefix = outer;
    }
  }

  /** Adds what {@code part} adds: a block of a network that is written down as a function. */
  public NetworkBuilder then(UnaryOperator<NetworkBuilder> part) {
    return part.apply(this);
  }

  /** Adds a layer that reads the current value. */
  public NetworkBuilder layer(Layer layer) {
    return layer(automaticName(layer), layer);
  }

  /** Adds a named layer that reads the current value. */
  public NetworkBuilder layer(String name, Layer layer) {
    return node(prefix + name, layer, List.of(current()), null);
  }

  /** Adds a named layer with its weights. */
  public NetworkBuilder layer(String name, Layer layer, Weights weights) {
    return node(prefix + name, layer, List.of(current()), weights);
  }

  /** Adds a layer that reads the named values. */
  public NetworkBuilder layer(String name, Layer layer, List<String> reads) {
    return node(prefix + name, layer, reads, null);
  }

  /** Adds a named tensor that is the same in every run, and makes it the current value. */
  public NetworkBuilder constant(String name, Tensor value) {
    Weights weights = Weights.of(Map.of(Role.VALUE, value));
    return node(prefix + name, new Constant(value.shape()), List.of(), weights);
  }

  private NetworkBuilder node(
      String fullName, Layer layer, List<String> reads, @Nullable Weights given) {
    Map<Role, Shape> wanted = shapes.weightShapes(fullName, layer, reads);
    shapes.add(fullName, layer, given != null ? given : Weights.lazy(wanted, Map::of), reads);
    planned.add(new Planned(fullName, layer, wanted, List.copyOf(reads), given));
    current = fullName;
    return this;
  }

  private String automaticName(Layer layer) {
    return layer.kind() + "-" + counters.merge(prefix + layer.kind(), 1, Integer::sum);
  }

  /** Convolution with bias. */
  public NetworkBuilder conv(int oc, Window window) {
    return layer(new Conv2d(oc, window));
  }

  /** Named convolution with bias. */
  public NetworkBuilder conv(String name, int oc, Window window) {
    return layer(name, new Conv2d(oc, window));
  }

  /** Named convolution with bias, and after it a ReLU named {@code name/relu}. */
  public NetworkBuilder convRelu(String name, int oc, Window window) {
    return conv(name, oc, window).layer(name + "/relu", RELU);
  }

  /** 1×1 convolution with bias. */
  public NetworkBuilder pointwise(int oc) {
    return layer(Conv2d.pointwise(oc));
  }

  /** Named 1×1 convolution with bias. */
  public NetworkBuilder pointwise(String name, int oc) {
    return layer(name, Conv2d.pointwise(oc));
  }

  /** Depthwise convolution, one filter a channel, without bias. */
  public NetworkBuilder depthwise(Window window) {
    return layer(depthwiseOfCurrent(window));
  }

  /** Named depthwise convolution, one filter a channel, without bias. */
  public NetworkBuilder depthwise(String name, Window window) {
    return layer(name, depthwiseOfCurrent(window));
  }

  private Conv2d depthwiseOfCurrent(Window window) {
    Shape shape = shapes.shapeOf(current());
    if (shape.rank() != 4) {
      throw new InvalidSpecException(
          "depthwise conv2d needs an input of rank 4, got shape " + shape + " of " + current());
    }
    return new Conv2d(shape.dim(1), window, shape.dim(1), false);
  }

  public NetworkBuilder relu() {
    return layer(RELU);
  }

  public NetworkBuilder relu6() {
    return layer(new Activation(new ActivationFunction.Clip(0, 6)));
  }

  public NetworkBuilder sigmoid() {
    return layer(new Activation(new ActivationFunction.Sigmoid()));
  }

  /** Batch norm with epsilon 1e-5. */
  public NetworkBuilder batchNorm() {
    return layer(new BatchNorm(1e-5f));
  }

  public NetworkBuilder maxPool(Window window) {
    return layer(new MaxPool2d(window));
  }

  public NetworkBuilder avgPool(Window window) {
    return layer(new AvgPool2d(window));
  }

  public NetworkBuilder globalAvgPool() {
    return layer(new GlobalPool2d(GlobalPool2d.Mode.AVERAGE));
  }

  public NetworkBuilder localResponseNorm(int size, float alpha, float beta, float k) {
    return layer(new LocalResponseNorm(size, alpha, beta, k));
  }

  public NetworkBuilder dropout(float probability) {
    return layer(new Dropout(probability));
  }

  public NetworkBuilder flatten() {
    return layer(new Flatten());
  }

  /** Linear layer with bias. */
  public NetworkBuilder linear(int out) {
    return layer(new Linear(out, true));
  }

  /** Named linear layer with bias. */
  public NetworkBuilder linear(String name, int out) {
    return layer(name, new Linear(out, true));
  }

  /** Softmax over the channels or features. */
  public NetworkBuilder softmax() {
    return layer(new Softmax(1));
  }

  /** Current value plus the named one. */
  public NetworkBuilder add(String other) {
    Layer add = new Add();
    return layer(automaticName(add), add, List.of(current(), other));
  }

  /** Current value times the named one, broadcast. */
  public NetworkBuilder mul(String other) {
    Layer mul = new Mul();
    return layer(automaticName(mul), mul, List.of(current(), other));
  }

  /** Applies each branch to the current value and joins the results along the channels. */
  @SafeVarargs
  public final NetworkBuilder branches(UnaryOperator<NetworkBuilder>... branches) {
    String start = current();
    List<String> ends = new ArrayList<>();
    for (UnaryOperator<NetworkBuilder> branch : branches) {
      ends.add(branch.apply(from(start)).current());
    }
    Layer concat = new Concat(1);
    return layer(automaticName(concat), concat, ends);
  }

  /** Adds the current value to what {@code body} makes of it. */
  public NetworkBuilder residual(UnaryOperator<NetworkBuilder> body) {
    return residual(body, shortcut -> shortcut);
  }

  /** Adds what {@code shortcut} makes of the current value to what {@code body} makes of it. */
  public NetworkBuilder residual(
      UnaryOperator<NetworkBuilder> body, UnaryOperator<NetworkBuilder> shortcut) {
    String start = current();
    String skip = shortcut.apply(this).current();
    return body.apply(from(start)).add(skip);
  }

  /**
   * The network that gives the current value; weights that were not given are He-initialised from
   * {@code seed}.
   */
  public Network build(long seed) {
    return build(seed, List.of(current()));
  }

  /** The network that gives the named values. */
  public Network build(long seed, List<String> outputs) {
    HeInitializer he = new HeInitializer(seed);
    Network.Graph graph = Network.graph(networkName);
    inputs.forEach(graph::input);
    for (Planned node : planned) {
      Weights given = node.given();
      Weights weights =
          given != null ? given : he.initialize(node.name(), node.layer(), node.wanted());
      graph.add(node.name(), node.layer(), weights, node.reads());
    }
    return graph.build(outputs);
  }
}
