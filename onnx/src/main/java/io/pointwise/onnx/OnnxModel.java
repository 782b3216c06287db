// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.device.Device;
import io.pointwise.network.Network;
import io.pointwise.onnx.file.Budget;
import io.pointwise.onnx.graph.Graph;
import io.pointwise.onnx.graph.GraphNode;
import io.pointwise.onnx.lowering.FixedInputs;
import io.pointwise.onnx.lowering.Lowered;
import io.pointwise.onnx.lowering.Lowering;
import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that was read and checked. Its dimensions may be dynamic: a network is made for the
 * shapes that are asked for, and a {@link #session} does so for the shapes that come. Immutable and
 * safe to share between threads.
 */
public final class OnnxModel {
  private static final int GUESSED_PIXELS = 224;

  private final Graph graph;
  private final LoadLimits limits;
  private final Set<String> fixedInputs;

  /** For a model of one shape. */
  private final @Nullable Lowered only;

  OnnxModel(Graph graph, LoadLimits limits) {
    this.graph = graph;
    this.limits = limits;
    this.fixedInputs = FixedInputs.of(graph);
    boolean oneShape =
        fixedInputs.isEmpty() && graph.inputs().stream().allMatch(OnnxValue::isStatic);
    Map<String, Shape> shapes = new HashMap<>();
    graph.inputs().stream()
        .filter(input -> !fixedInputs.contains(input.name()))
        .forEach(input -> shapes.put(input.name(), shape(input, true)));
    if (oneShape) {
      this.only = lower(shapes, Map.of());
    } else {
      this.only = null;
      Lowering.requireSupported(graph, shapes, new Budget(limits));
    }
  }

  /** Name of the file that it came from. */
  public String name() {
    return graph.name();
  }

  /** Version of ONNX's operators that it uses. */
  public int opset() {
    return graph.opset();
  }

  /** What a caller gives, in order; weights that the model brings are not among them. */
  public List<OnnxValue> inputs() {
    return graph.inputs();
  }

  /**
   * What a caller gets, in order. A type or dimension that the file leaves open is told as found.
   */
  public List<OnnxValue> outputs() {
    return graph.outputs();
  }

  /**
   * Names of the inputs whose values decide what is planned, as a shape to reshape to does, or
   * weights that come from outside. A session plans anew when they change.
   */
  public Set<String> fixedInputs() {
    return fixedInputs;
  }

  /** How many nodes the graph has, constants not counted. */
  public int nodeCount() {
    return graph.nodes().size();
  }

  /** Names of the operators that it uses, in order of their first use. */
  public List<String> operators() {
    return graph.nodes().stream().map(GraphNode::operator).distinct().toList();
  }

  /**
   * The network, dynamic dimensions taken as 1.
   *
   * @throws OnnxException if the model does not fit together at that size, or needs values of
   *     inputs to be known
   */
  public Network network() {
    return network(Map.of());
  }

  /**
   * The network for inputs of these shapes.
   *
   * @param shapes by name of the input; those that are not named are as in {@link #network()}
   * @throws OnnxException if an input cannot have its shape, if the model does not fit together at
   *     these shapes, or if it needs values of inputs to be known
   */
  public Network network(Map<String, Shape> shapes) {
    if (!fixedInputs.isEmpty()) {
      throw new OnnxException(
          name()
              + ": the values of its inputs "
              + fixedInputs
              + " decide what is planned; run it in a session");
    }
    for (String named : shapes.keySet()) {
      if (graph.inputs().stream().noneMatch(input -> input.name().equals(named))) {
        throw new OnnxException(
            name()
                + " has no input "
                + named
                + "; there are "
                + graph.inputs().stream().map(OnnxValue::name).toList());
      }
    }
    Map<String, Shape> all = new LinkedHashMap<>();
    for (OnnxValue input : graph.inputs()) {
      Shape shape = shapes.getOrDefault(input.name(), shape(input, false));
      requireAccepted(input, shape);
      all.put(input.name(), shape);
    }
    Lowered lowered = only != null ? only : lowerGuessed(all, shapes.keySet());
    Network network = lowered.network();
    if (network == null || lowered.outputs().stream().anyMatch(output -> output.known() != null)) {
      throw new OnnxException(
          name()
              + ": an output depends on no input and is no part of a network; run it in a session");
    }
    return network;
  }

  /**
   * Runs the model on a device, which must stay open as long as the session is.
   *
   * @param options of every plan
   */
  public OnnxSession session(Device device, PlanOptions options) {
    return new OnnxSession(this, device, options);
  }

  /** Tells which sizes were made up, should the model not fit together with them. */
  private Lowered lowerGuessed(Map<String, Shape> shapes, Set<String> given) {
    try {
      return lower(shapes, Map.of());
    } catch (UnsupportedOnnxException e) {
      throw e;
    } catch (OnnxException e) {
      List<OnnxValue> guessed =
          graph.inputs().stream()
              .filter(input -> !input.isStatic() && !given.contains(input.name()))
              .toList();
      throw guessed.isEmpty()
          ? e
          : new OnnxException(
              e.getMessage()
                  + "; dynamic dimensions were taken as 1, give the shapes of "
                  + guessed,
              e);
    }
  }

  Lowered lower(Map<String, Shape> shapes, Map<String, TypedTensor> fixed) {
    return only != null && fixed.isEmpty()
        ? only
        : Lowering.lower(graph, shapes, fixed, new Budget(limits));
  }

  void requireAccepted(OnnxValue input, Shape shape) {
    if (!input.accepts(shape)) {
      throw new OnnxException(name() + ": input " + input + " was given shape " + shape);
    }
  }

  /** Sizes for the dynamic dimensions: 1, or as a guess those of an image. */
  private static Shape shape(OnnxValue input, boolean guess) {
    int[] dims = new int[input.dims().size()];
    for (int axis = 0; axis < dims.length; axis++) {
      OnnxValue.Dim dim = input.dims().get(axis);
      boolean pixels = guess && dims.length == 4 && axis > 1;
      dims[axis] = dim.isDynamic() ? (pixels ? GUESSED_PIXELS : 1) : dim.size();
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new OnnxException("input " + input + ": " + e.getMessage(), e);
    }
  }
}
