// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Precision;
import io.pointwise.layer.Role;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.network.Weights;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A case filled with data: a network with weights, inputs, and what the reference makes of them.
 * The same case, kind of data and seed give the same sample.
 */
final class Sample {
  /** How a device computes: the bounds depend on it. */
  private record Arithmetic(Map<String, Winograd> winograd, Precision precision) {}

  private final String name;
  private final Data data;
  private final long seed;
  private final Network network;
  private final List<Tensor> inputs;
  private final Map<Arithmetic, List<Expected>> expected = new HashMap<>();

  private Sample(String name, Data data, long seed, Network network, List<Tensor> inputs) {
    this.name = name;
    this.data = data;
    this.seed = seed;
    this.network = network;
    this.inputs = inputs;
  }

  /**
   * Fills a case.
   *
   * @throws IllegalArgumentException if integer data is asked for and the case computes exactly for
   *     no integers
   */
  static Sample of(ConformanceCase source, Data data, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Filling filling =
        switch (data) {
          case REAL -> new Filling.Reals(random);
          case INTEGER -> {
            OptionalInt amplitude = ExactRange.amplitude(source.network());
            if (amplitude.isEmpty()) {
              throw new IllegalArgumentException(source.name() + " is exact for no integers");
            }
            yield new Filling.Integers(random, amplitude.getAsInt());
          }
        };
    return of(source, data, seed, filling);
  }

  private static Sample of(ConformanceCase source, Data data, long seed, Filling filling) {
    Network network = source.network();
    Network.Graph graph = Network.graph(network.name());
    List<Tensor> inputs = new ArrayList<>();
    network
        .inputs()
        .forEach(
            (input, shape) -> {
              graph.input(input, shape);
              inputs.add(filling.input(shape));
            });
    for (Node node : network.nodes()) {
      graph.add(node.name(), node.layer(), weights(node, filling), node.inputs());
    }
    return new Sample(source.name(), data, seed, graph.build(network.outputs()), inputs);
  }

  private static Weights weights(Node node, Filling filling) {
    Map<Role, Tensor> tensors = new EnumMap<>(Role.class);
    Map<Role, Shape> shapes = node.weights().shapes();
    // In the order of the enum, so that the same seed gives the same weights.
    for (Role role : Role.values()) {
      Shape shape = shapes.get(role);
      if (shape != null) {
        tensors.put(role, filling.weight(role, shape));
      }
    }
    return tensors.isEmpty() ? Weights.none() : Weights.of(tensors);
  }

  /** This sample with other inputs. */
  Sample withInputs(List<Tensor> others) {
    return new Sample(name, data, seed, network, List.copyOf(others));
  }

  String name() {
    return name;
  }

  Data data() {
    return data;
  }

  long seed() {
    return seed;
  }

  Network network() {
    return network;
  }

  List<Tensor> inputs() {
    return inputs;
  }

  /** What must come out by the definition, in the order of the network's outputs. */
  List<Expected> expected() {
    return expected(Map.of());
  }

  /**
   * What must come out in FP32 of convolutions by these formulas.
   *
   * @param winograd by name of the layer
   */
  List<Expected> expected(Map<String, Winograd> winograd) {
    return expected(winograd, Precision.FP32);
  }

  /**
   * What must come out of convolutions by these formulas in a precision; computed when first asked
   * for.
   *
   * @param winograd by name of the layer
   * @param precision of sums of products
   */
  synchronized List<Expected> expected(Map<String, Winograd> winograd, Precision precision) {
    return expected.computeIfAbsent(
        new Arithmetic(winograd, precision),
        _ -> Reference.run(network, inputs, winograd, precision));
  }

  /** New tensors of the outputs' shapes, filled with NaN. */
  List<Tensor> outputs() {
    List<Tensor> outputs = new ArrayList<>();
    for (String output : network.outputs()) {
      outputs.add(Tensors.nan(network.shape(output)));
    }
    return outputs;
  }

  /** All tensors that a run must leave as they are: inputs and weights, by name. */
  Map<String, Tensor> readOnly() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int next = 0;
    for (String input : network.inputs().keySet()) {
      tensors.put("input " + input, inputs.get(next++));
    }
    for (Node node : network.nodes()) {
      for (Role role : node.weights().roles()) {
        tensors.put("weights " + role + " of " + node.name(), node.weights().get(role));
      }
    }
    return tensors;
  }
}
