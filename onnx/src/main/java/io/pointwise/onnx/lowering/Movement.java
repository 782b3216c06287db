// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Broadcast;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Pad;
import io.pointwise.layer.StridedLayer;
import io.pointwise.layer.StridedMap;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Layers that move elements, applied to known tensors of any type. */
final class Movement {
  private Movement() {}

  /** Whether the layer only moves elements. */
  static boolean moves(Layer layer) {
    return layer instanceof StridedLayer
        || layer instanceof Concat
        || layer instanceof Gather
        || layer instanceof GatherElements
        || (layer instanceof Pad pad && pad.mode() != Pad.Mode.CONSTANT);
  }

  static TypedTensor move(Layer layer, List<TypedTensor> operands, Shape output) {
    TypedTensor first = operands.getFirst();
    return switch (layer) {
      case StridedLayer strided -> {
        StridedMap map = strided.map(first.shape());
        yield Picking.from(first, output, map::source);
      }
      case Concat concat -> concat(concat, operands, output);
      case Gather gather -> gather(gather, first, operands.getLast(), output);
      case GatherElements gather -> gatherElements(gather, first, operands.getLast(), output);
      case Pad pad -> pad(pad, first, output);
      default -> throw new IllegalArgumentException(layer.kind() + " moves no elements");
    };
  }

  /** Element by element the second operand where the first is not 0, else the third. */
  static TypedTensor choose(List<TypedTensor> operands, Shape output) {
    long[] conditionSteps = Broadcast.strides(operands.getFirst().shape(), output);
    List<TypedTensor> choices = operands.subList(1, 3);
    List<long[]> steps =
        choices.stream().map(each -> Broadcast.strides(each.shape(), output)).toList();
    return Picking.from(
        choices,
        output,
        i -> operands.getFirst().value(position(i, output, conditionSteps)) != 0 ? 0 : 1,
        (i, choice) -> position(i, output, steps.get(choice)));
  }

  /** Position of the element that is broadcast to output element {@code i}. */
  static long position(long i, Shape output, long[] steps) {
    long position = 0;
    long rest = i;
    for (int axis = output.rank() - 1; axis >= 0; axis--) {
      position += rest % output.dim(axis) * steps[axis];
      rest /= output.dim(axis);
    }
    return position;
  }

  private static TypedTensor concat(Concat concat, List<TypedTensor> all, Shape output) {
    List<TypedTensor> operands = all.stream().filter(each -> each.shape().elements() > 0).toList();
    int axis = Math.floorMod(concat.axis(), output.rank());
    long row = output.elements(axis, output.rank());
    long[] runs =
        operands.stream().mapToLong(each -> each.shape().elements(axis, output.rank())).toArray();
    long[] starts = new long[runs.length];
    for (int k = 1; k < runs.length; k++) {
      starts[k] = starts[k - 1] + runs[k - 1];
    }
    return Picking.from(
        operands,
        output,
        i -> part(starts, i % row),
        (i, k) -> i / row * runs[k] + i % row - starts[k]);
  }

  /** The part that a place of the row is in: the last one that starts there or before. */
  private static int part(long[] starts, long place) {
    int found = Arrays.binarySearch(starts, place);
    return found < 0 ? -found - 2 : found;
  }

  private static TypedTensor gather(
      Gather gather, TypedTensor data, TypedTensor indices, Shape output) {
    Shape shape = data.shape();
    int axis = Math.floorMod(gather.axis(), shape.rank());
    long inner = shape.elements(axis + 1, shape.rank());
    long picked = indices.shape().elements();
    return Picking.from(
        data,
        output,
        i -> {
          long index = index(indices, i / inner % picked, shape.dim(axis));
          return (i / inner / picked * shape.dim(axis) + index) * inner + i % inner;
        });
  }

  private static TypedTensor gatherElements(
      GatherElements gather, TypedTensor data, TypedTensor indices, Shape output) {
    Shape shape = data.shape();
    int axis = Math.floorMod(gather.axis(), shape.rank());
    return Picking.from(
        data,
        output,
        i -> {
          long position = 0;
          long step = 1;
          long rest = i;
          for (int k = shape.rank() - 1; k >= 0; k--) {
            long at = rest % output.dim(k);
            rest /= output.dim(k);
            position += (k == axis ? index(indices, i, shape.dim(axis)) : at) * step;
            step *= shape.dim(k);
          }
          return position;
        });
  }

  private static long index(TypedTensor indices, long at, int size) {
    long index = indices.integer(at);
    if (index < -size || index >= size) {
      throw new OnnxException("index " + index + " is outside an axis of size " + size);
    }
    return index < 0 ? index + size : index;
  }

  private static TypedTensor pad(Pad pad, TypedTensor data, Shape output) {
    Shape shape = data.shape();
    int[][] sources = new int[shape.rank()][];
    for (int axis = 0; axis < sources.length; axis++) {
      sources[axis] = pad.sources(shape, axis);
    }
    return Picking.from(
        data,
        output,
        i -> {
          long position = 0;
          long step = 1;
          long rest = i;
          for (int k = shape.rank() - 1; k >= 0; k--) {
            position += sources[k][(int) (rest % output.dim(k))] * step;
            rest /= output.dim(k);
            step *= shape.dim(k);
          }
          return position;
        });
  }
}
