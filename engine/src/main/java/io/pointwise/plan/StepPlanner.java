// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.Epilogue;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Constant;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Reorder;
import io.pointwise.layer.Reshape;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import io.pointwise.tuning.Contender;
import io.pointwise.tuning.Contest;
import io.pointwise.tuning.Origin;
import io.pointwise.tuning.Tuned;
import io.pointwise.tuning.Tuner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns fused nodes into planned steps: dispatch, layouts, reorders.
 *
 * <p>A value may be held in several layouts, each in a storage of its own; a reorder is put in when
 * a step wants one that is not there yet. Among the ways that the chosen algorithm offers, the one
 * with the least {@code penalty + bytes that reorders move} is taken; a step looks back at its
 * inputs, not ahead, and pays for its output's way back to NCHW only if the network gives it to the
 * caller.
 */
final class StepPlanner {
  private final List<Algorithm> algorithms;
  private final PlanOptions options;
  private final Tuner tuner;
  private final Predicate<String> isOutput;
  private final List<Storage> storages = new ArrayList<>();
  private final List<PlannedStep> steps = new ArrayList<>();
  private final Map<String, Map<Layout, Integer>> located = new HashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<Integer, Weights> constants = new LinkedHashMap<>();
  private final Set<Integer> networkInputs = new HashSet<>();
  private final Parts parts = new Parts();
  private final long alignment;

  StepPlanner(Device device, PlanOptions options, Predicate<String> isOutput) {
    this.tuner = new Tuner(options.tuning(), device);
    this.algorithms = device.algorithms();
    this.alignment = device.alignment();
    this.options = options;
    this.isOutput = isOutput;
  }

  List<Storage> storages() {
    return storages;
  }

  List<PlannedStep> steps() {
    return steps;
  }

  /** The weights that lie on the device for good, by the storage that holds them. */
  Map<Integer, Weights> constants() {
    return constants;
  }

  /** The storages that lie within others. */
  Parts parts() {
    return parts;
  }

  /** Makes room for a network input, NCHW. */
  int input(String name, Shape shape) {
    int storage = store(name, shape, Layout.NCHW);
    networkInputs.add(storage);
    return storage;
  }

  /** Plans a node and whatever reorders it needs. */
  void add(FusedNode node) {
    if (node.layer() instanceof Flatten || node.layer() instanceof Reshape) {
      view(node);
      return;
    }
    if (node.layer() instanceof Constant) {
      constants.put(store(node.name(), node.shape(), Layout.NCHW), node.weights());
      return;
    }
    if (node.layer() instanceof Concat concat && joinInPlace(node, concat)) {
      return;
    }
    Step step =
        new Step(
            node.name(),
            node.layer(),
            node.inputShapes(),
            node.shape(),
            node.epilogue(),
            options.precision());
    Dispatch dispatch = Dispatch.of(step, algorithms, each -> options.exclusion(each, step));
    Algorithm algorithm = dispatch.algorithm();
    FusedNode.Absorbed absorbed = node.absorbed();
    if (algorithm != null) {
      place(node, step, dispatch);
    } else if (!node.epilogue().isNone()) {
      unfuse(node);
    } else if (absorbed != null) {
      add(absorbed.node());
      add(node.without(absorbed));
    } else {
      throw new PlanningException(
          "layer "
              + node.covers().getFirst()
              + " ("
              + step.describe()
              + ", inputs "
              + step.inputs()
              + "): no algorithm accepts it: "
              + dispatch.refusals());
    }
  }

  /** The storage of a value in a layout, through a reorder if need be. */
  int require(String value, Layout layout) {
    Map<Layout, Integer> places = places(value);
    Integer there = places.get(layout);
    if (there != null) {
      return there;
    }
    Map.Entry<Layout, Integer> from = places.entrySet().iterator().next();
    return copy(value, from.getValue(), new Reorder(from.getKey(), layout));
  }

  /** A copy of a value's NCHW storage in one of its own. */
  int duplicate(String value) {
    return copy(value, require(value, Layout.NCHW), new Reorder(Layout.NCHW, Layout.NCHW));
  }

  /** A view has the same elements in the same NCHW order, so it costs nothing. */
  private void view(FusedNode node) {
    int storage = require(node.inputs().getFirst(), Layout.NCHW);
    places(node.name()).put(Layout.NCHW, storage);
    shapes.put(node.name(), node.shape());
  }

  /**
   * Lets the operands of a concatenation lie where it would copy them. That can be where they lie
   * one behind the other, so with nothing before the axis, and where each is memory of the run's
   * own, neither a caller's nor a constant. With guard bands each stays apart.
   *
   * @return false if a step has to copy
   */
  private boolean joinInPlace(FusedNode node, Concat concat) {
    int axis = Math.floorMod(concat.axis(), node.shape().rank());
    boolean contiguous = node.shape().elements(0, axis) == 1;
    if (!contiguous || options.guarded() || !node.epilogue().isNone()) {
      return false;
    }
    Layout layout = joiningLayout(node, axis);
    if (isOutput.test(node.name()) || node.inputs().stream().anyMatch(isOutput)) {
      return false;
    }
    List<Integer> operands = node.inputs().stream().map(input -> require(input, layout)).toList();
    List<Long> offsets = new ArrayList<>();
    long end = 0;
    for (int i = 0; i < operands.size(); i++) {
      boolean own =
          !networkInputs.contains(operands.get(i)) && !constants.containsKey(operands.get(i));
      if (!own || end % alignment != 0) {
        return false;
      }
      offsets.add(end);
      end += layout.bytes(node.inputShapes().get(i));
    }
    if (!parts.accepts(operands)) {
      return false;
    }
    parts.join(store(node.name(), node.shape(), layout), operands, offsets);
    return true;
  }

  /**
   * The layout in which operands of a concatenation lie one behind the other, of those that they
   * are held in the one that moves the fewest bytes: NCHW, or NCHWc where whole blocks of channels
   * are joined.
   */
  private Layout joiningLayout(FusedNode node, int axis) {
    Set<Layout> layouts = new LinkedHashSet<>(List.of(Layout.NCHW));
    node.inputs().forEach(input -> layouts.addAll(places(input).keySet()));
    return layouts.stream()
        .filter(layout -> layout.equals(Layout.NCHW) || joinsWholeBlocks(node, axis, layout))
        .min(Comparator.comparingLong(layout -> reorderBytes(node, layout)))
        .orElseThrow();
  }

  private static boolean joinsWholeBlocks(FusedNode node, int axis, Layout layout) {
    return layout.order() == Layout.Order.NCHWC
        && axis == 1
        && node.inputShapes().stream().allMatch(input -> input.dim(1) % layout.block() == 0);
  }

  private long reorderBytes(FusedNode node, Layout layout) {
    long bytes = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      bytes += reorderBytes(node.inputs().get(i), node.inputShapes().get(i), layout);
    }
    return bytes;
  }

  private void place(FusedNode node, Step step, Dispatch untuned) {
    Optional<Tuned> tuned = tuner.decide(contest(node, step, untuned));
    Dispatch dispatch = tuned.map(untuned::tuned).orElse(untuned);
    Algorithm algorithm = Objects.requireNonNull(dispatch.algorithm());
    LayoutChoice choice = cheapest(node, dispatch.choices());
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      inputs.add(require(node.inputs().get(i), choice.inputs().get(i)));
    }
    int output = store(node.name(), node.shape(), choice.output());
    steps.add(
        new PlannedStep(
            step,
            algorithm,
            choice,
            tuned.map(Tuned::origin).orElse(Origin.HEURISTIC),
            dispatch.candidates(),
            inputs,
            output,
            node.weights(),
            node.allCovers()));
  }

  /** The algorithms that accept, each in the layouts that this place would give it. */
  private Contest contest(FusedNode node, Step step, Dispatch dispatch) {
    return new Contest(
        step,
        node.weights(),
        node.inputs().stream().map(input -> List.copyOf(places(input).keySet())).toList(),
        isOutput.test(node.name()),
        options.restriction(),
        dispatch.contenders().stream()
            .map(offer -> new Contender(offer.algorithm(), cheapest(node, offer.choices())))
            .toList());
  }

  private LayoutChoice cheapest(FusedNode node, List<LayoutChoice> choices) {
    LayoutChoice best = choices.getFirst();
    long least = Long.MAX_VALUE;
    for (LayoutChoice choice : choices) {
      long cost = choice.penaltyBytes();
      for (int i = 0; i < node.inputs().size(); i++) {
        cost +=
            reorderBytes(node.inputs().get(i), node.inputShapes().get(i), choice.inputs().get(i));
      }
      if (isOutput.test(node.name()) && !choice.output().equals(Layout.NCHW)) {
        cost += 2 * node.shape().bytes();
      }
      if (cost < least) {
        least = cost;
        best = choice;
      }
    }
    return best;
  }

  /** Bytes read and written to have the value in this layout as well. */
  private long reorderBytes(String value, Shape shape, Layout layout) {
    return places(value).containsKey(layout) ? 0 : 2 * shape.bytes();
  }

  /**
   * Takes a fused node apart again, because no algorithm takes it as a whole: last part first in
   * the epilogue's order.
   */
  private void unfuse(FusedNode node) {
    ActivationFunction activation = node.epilogue().activation();
    boolean residual = node.epilogue().residual();
    String inner = node.covers().get(node.covers().size() - 2);
    if (activation != null) {
      add(part(node, inner, new Epilogue(residual, null)));
      add(separate(node, new Activation(activation), List.of(inner)));
    } else {
      FusedNode bare = part(node, inner, Epilogue.NONE);
      add(bare);
      add(separate(node, new Add(), List.of(inner, node.inputs().getLast())));
    }
  }

  private static FusedNode part(FusedNode node, String name, Epilogue epilogue) {
    int reads = node.inputs().size() - (node.epilogue().residual() && !epilogue.residual() ? 1 : 0);
    return new FusedNode(
        name,
        node.layer(),
        node.inputs().subList(0, reads),
        node.inputShapes().subList(0, reads),
        node.shape(),
        node.weights(),
        epilogue,
        node.covers().subList(0, node.covers().size() - 1),
        node.absorbed());
  }

  private static FusedNode separate(FusedNode node, Layer layer, List<String> reads) {
    List<Shape> shapes = reads.stream().map(_ -> node.shape()).toList();
    return new FusedNode(
        node.name(),
        layer,
        reads,
        shapes,
        node.shape(),
        Weights.none(),
        Epilogue.NONE,
        List.of(node.covers().getLast()),
        null);
  }

  private int copy(String value, int from, Reorder reorder) {
    Shape shape = shapes.getOrDefault(value, storages.get(from).shape());
    Step step =
        new Step(
            value + " to " + reorder.to(),
            reorder,
            List.of(shape),
            shape,
            Epilogue.NONE,
            options.precision());
    Dispatch dispatch = Dispatch.of(step, algorithms, _ -> "");
    Algorithm algorithm = dispatch.algorithm();
    if (algorithm == null) {
      throw new PlanningException(
          "value "
              + value
              + ": no algorithm reorders "
              + reorder.from()
              + " to "
              + reorder.to()
              + ": "
              + dispatch.refusals());
    }
    boolean plainCopy = reorder.from().equals(reorder.to());
    int to = plainCopy ? addStorage(value, shape, reorder.to()) : store(value, shape, reorder.to());
    steps.add(
        new PlannedStep(
            step,
            algorithm,
            dispatch.choices().getFirst(),
            Origin.HEURISTIC,
            dispatch.candidates(),
            List.of(from),
            to,
            Weights.none(),
            List.of()));
    return to;
  }

  private int store(String value, Shape shape, Layout layout) {
    int id = addStorage(value, shape, layout);
    places(value).put(layout, id);
    shapes.put(value, shape);
    return id;
  }

  private int addStorage(String value, Shape shape, Layout layout) {
    storages.add(new Storage(storages.size(), value, shape, layout));
    return storages.size() - 1;
  }

  private Map<Layout, Integer> places(String value) {
    return located.computeIfAbsent(value, _ -> new LinkedHashMap<>());
  }
}
