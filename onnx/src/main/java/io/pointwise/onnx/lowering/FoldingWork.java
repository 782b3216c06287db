// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Resampling;
import io.pointwise.layer.Resize;
import io.pointwise.tensor.Shape;
import java.util.List;

/** About how long it takes to compute a layer on loading, in elements moved. */
final class FoldingWork {
  /** An operation of the reference takes about as long as moving this many elements. */
  private static final int OPERATION = 4;

  private FoldingWork() {}

  static long of(Layer layer, List<Shape> inputs, Shape output) {
    long elements = output.elements();
    for (Shape input : inputs) {
      elements = sum(elements, input.elements());
    }
    if (Movement.moves(layer)) {
      return elements;
    }
    long operations = product(output.elements(), taps(layer, inputs));
    return product(OPERATION, Math.max(Math.max(elements, operations), layer.macs(inputs)));
  }

  /** How many elements of the input an element of the output is made of. */
  private static long taps(Layer layer, List<Shape> inputs) {
    return switch (layer) {
      case MaxPool2d pool -> pool.window().taps();
      case AvgPool2d pool -> pool.window().taps();
      case MaxPoolIndices pool -> pool.window().taps();
      case LocalResponseNorm norm -> Math.min(norm.size(), inputs.getFirst().dim(1));
      case Resize resize -> {
        long taps = 1;
        for (Resize.Axis axis : resize.axes()) {
          taps = product(taps, taps(resize.how(), axis));
        }
        yield taps;
      }
      default -> 1;
    };
  }

  private static long taps(Resampling how, Resize.Axis axis) {
    double stretch = how.antialias() ? Math.max(1, 1 / axis.scale()) : 1;
    return switch (how.mode()) {
      case NEAREST -> 1;
      case LINEAR -> (long) (2 * stretch) + 1;
      case CUBIC -> (long) (4 * stretch) + 1;
    };
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static long product(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }
}
