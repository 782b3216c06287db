// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Activation;
import io.pointwise.layer.Add;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Constant;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Mul;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.StridedLayer;
import io.pointwise.layer.Where;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Finds how large integer data may be so that a network computes exactly in float32.
 *
 * <p>For integers up to {@code a} a sum of {@code r} products is at most {@code r·a²}; every
 * partial sum, in whatever order, is an integer below that, and exact while that is at most 2²⁴.
 * The magnitudes are followed from layer to layer. Layers whose results are no dyadic fractions
 * (exponentials, divisions by other than powers of two) have no exact range.
 */
final class ExactRange {
  private static final int[] AMPLITUDES = {8, 4, 2, 1};

  private final Network network;
  private final Grid data;
  private final Map<String, Grid> grids = new HashMap<>();

  private ExactRange(Network network, int amplitude) {
    this.network = network;
    this.data = new Grid(amplitude, 0);
  }

  /**
   * The largest magnitude of inputs and weights at which everything is exact; empty if there is
   * none.
   */
  static OptionalInt amplitude(Network network) {
    for (int amplitude : AMPLITUDES) {
      if (new ExactRange(network, amplitude).isExact()) {
        return OptionalInt.of(amplitude);
      }
    }
    return OptionalInt.empty();
  }

  private boolean isExact() {
    network.inputs().keySet().forEach(input -> grids.put(input, data));
    for (Node node : network.nodes()) {
      Grid grid = grid(node);
      if (grid == null || !grid.isExact()) {
        return false;
      }
      grids.put(node.name(), grid);
    }
    return true;
  }

  private Grid input(Node node, int index) {
    Grid grid = grids.get(node.inputs().get(index));
    if (grid == null) {
      throw new IllegalStateException("no range known of " + node.inputs().get(index));
    }
    return grid;
  }

  private @Nullable Grid grid(Node node) {
    // A constant reads nothing, and is filled as inputs are.
    Grid in = node.inputs().isEmpty() ? data : input(node, 0);
    return switch (node.layer()) {
      case Conv2d conv -> weighted(in, conv.spec(node.inputShapes().getFirst()).reduction());
      case ConvTranspose2d conv ->
          weighted(in, node.inputShapes().getFirst().dim(1) / conv.groups() * conv.window().taps());
      case Linear _ -> weighted(in, node.inputShapes().getFirst().dim(1));
      case MaxPool2d _, Flatten _, Reshape _, Dropout _ -> in;
      case AvgPool2d pool -> average(pool, in);
      case GlobalPool2d pool -> global(pool, in, node.inputShapes().getFirst());
      case Activation activation -> ActivationGrid.of(activation.function(), in);
      case PRelu _ -> in.or(in.times(new Grid(1, Filling.SLOPE_FRACTION_BITS)));
      case BatchNorm norm -> folded(norm, node, in);
      case Concat _ -> joined(node);
      case Add _ -> in.plus(input(node, 1));
      case Mul _ -> in.times(input(node, 1));
      case Elementwise elementwise -> elementwise(elementwise.function(), in, input(node, 1));
      case Where _ -> input(node, 1).or(input(node, 2));
      case MatMul _ -> in.times(input(node, 1)).sumOf(node.inputShapes().getFirst().dim(-1));
      case Reduce reduce -> reduced(reduce, node, in);
      case ArgReduce reduce -> new Grid(node.inputShapes().getFirst().dim(reduce.axis()), 0);
      case MaxPoolIndices _ -> new Grid(node.inputShapes().getFirst().elements(), 0);
      case Pad pad -> padded(pad, in);
      case Resize resize -> resized(resize, node.inputShapes().getFirst(), in);
      case Gather gather -> picked(node, gather.axis(), in);
      case GatherElements gather -> picked(node, gather.axis(), in);
      case Constant _, StridedLayer _ -> in;
      case Softmax _, LocalResponseNorm _, GroupNorm _ -> null;
    };
  }

  private static @Nullable Grid elementwise(Elementwise.Function function, Grid a, Grid b) {
    return switch (function) {
      case SUBTRACT -> a.plus(b);
      case MINIMUM, MAXIMUM -> a.or(b);
      case EQUAL, LESS, LESS_OR_EQUAL, AND, OR -> new Grid(1, 0);
      // A device may take reciprocals and logarithms.
      case DIVIDE, POWER -> null;
    };
  }

  private static @Nullable Grid reduced(Reduce reduce, Node node, Grid in) {
    Shape input = node.inputShapes().getFirst();
    boolean[] reduced = reduce.reduced(input);
    long count = 1;
    for (int axis = 0; axis < reduced.length; axis++) {
      count *= reduced[axis] ? input.dim(axis) : 1;
    }
    return switch (reduce.function()) {
      case SUM -> in.sumOf(count);
      case SUM_SQUARE -> in.times(in).sumOf(count);
      case MEAN -> mean(in, count);
      // Nothing has an infinite maximum.
      case MAX, MIN -> count == 0 ? null : in;
      case L2 -> null;
    };
  }

  private static @Nullable Grid padded(Pad pad, Grid in) {
    if (pad.mode() != Pad.Mode.CONSTANT) {
      return in;
    }
    return Float.isFinite(pad.value()) ? in.or(Grid.of(pad.value())) : null;
  }

  /** Exact if the weights are dyadic fractions, as they are for some scales. */
  private static @Nullable Grid resized(Resize resize, Shape input, Grid in) {
    Grid grid = in;
    for (Resize.Axis axis : resize.axes()) {
      double most = 0;
      int bits = 0;
      for (double[] weights : resize.taps(input, axis).weights()) {
        double sum = 0;
        for (double weight : weights) {
          if (weight != (float) weight) {
            return null;
          }
          sum += Math.abs(weight);
          bits = Math.max(bits, Grid.of((float) weight).fractionBits());
        }
        most = Math.max(most, sum);
      }
      grid = grid.times(new Grid(most, bits));
    }
    return grid.or(Grid.of(resize.outside()));
  }

  /** Indices must be sure to lie in the data. */
  private @Nullable Grid picked(Node node, int axis, Grid data) {
    return input(node, 1).max() < node.inputShapes().getFirst().dim(axis) ? data : null;
  }

  private Grid weighted(Grid in, long terms) {
    return in.times(data).sumOf(terms).plus(data);
  }

  /** The divisor must be the same everywhere, whatever the edges, and a power of two. */
  private static @Nullable Grid average(AvgPool2d pool, Grid in) {
    boolean sameEverywhere = !pool.window().hasPadding() && !pool.ceilMode();
    return sameEverywhere ? mean(in, pool.window().taps()) : null;
  }

  private static @Nullable Grid global(GlobalPool2d pool, Grid in, Shape input) {
    return pool.mode() == GlobalPool2d.Mode.MAX ? in : mean(in, input.elements(2, 4));
  }

  private static @Nullable Grid mean(Grid in, long count) {
    if (Long.bitCount(count) != 1 || !in.sumOf(count).isExact()) {
      return null;
    }
    return new Grid(in.max(), in.fractionBits() + Long.numberOfTrailingZeros(count));
  }

  /**
   * Exact only where planning folds it on the host: a device may take an approximate square root.
   * {@link Filling} gives scales and variances with an integer factor of at most 2.
   */
  private @Nullable Grid folded(BatchNorm norm, Node node, Grid in) {
    String read = node.inputs().getFirst();
    if (norm.epsilon() != 0 || network.inputs().containsKey(read) || isReadElsewhere(read)) {
      return null;
    }
    Layer producer = network.node(read).layer();
    boolean folds =
        producer instanceof Conv2d
            || producer instanceof ConvTranspose2d
            || producer instanceof Linear;
    return folds ? in.plus(data).times(Grid.of(2)).plus(data) : null;
  }

  private boolean isReadElsewhere(String value) {
    long readers =
        network.nodes().stream()
            .flatMap(node -> node.inputs().stream())
            .filter(value::equals)
            .count();
    return readers + network.outputs().stream().filter(value::equals).count() > 1;
  }

  private Grid joined(Node node) {
    List<String> inputs = node.inputs();
    Grid grid = input(node, 0);
    for (int i = 1; i < inputs.size(); i++) {
      grid = grid.or(input(node, i));
    }
    return grid;
  }
}
