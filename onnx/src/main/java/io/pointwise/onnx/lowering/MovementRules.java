// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Add;
import io.pointwise.layer.Broadcast;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Expand;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Where;
import io.pointwise.network.Weights;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.file.Dimensions;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

/** Operators that join, cut, repeat and pick elements. */
final class MovementRules {
  private MovementRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of("Concat", Types.ANY, MovementRules::concat, "axis").alike(Integer.MAX_VALUE),
        Operator.of("Split", Types.ANY, Set.of("axis", "split", "num_outputs"), Splitting::split)
            .inputs(2)
            .fixed(1),
        Operator.of("Slice", Types.ANY, Slicing::slice, "axes", "ends", "starts")
            .inputs(5)
            .fixed(1, 2, 3, 4),
        Operator.of("Gather", Types.ANY, MovementRules::gather, "axis").inputs(2),
        Operator.of("GatherElements", Types.ANY, MovementRules::gatherElements, "axis").inputs(2),
        Operator.of("Expand", Types.ANY, MovementRules::expand).inputs(2).fixed(1),
        Operator.of("Tile", Types.ANY, MovementRules::tile).inputs(2).fixed(1),
        Operator.of("Pad", Types.ANY, MovementRules::pad, "mode", "pads", "value")
            .inputs(4)
            .fixed(1, 2, 3),
        Operator.of("OneHot", Types.ANY, MovementRules::oneHot, "axis").inputs(3).fixed(1));
  }

  private static Value concat(Call call) {
    List<Value> parts = call.allInputs();
    long axis = call.attributes().integer("axis", call.opset() < 4 ? 1 : Long.MIN_VALUE);
    if (axis == Long.MIN_VALUE) {
      throw call.invalid("attribute axis is missing");
    }
    int index = call.axis(axis, call.input().shape().rank());
    return parts.size() == 1
        ? parts.getFirst()
        : call.apply(new Concat(index), parts.toArray(Value[]::new));
  }

  /** A single known index is a slice, which needs no indices on the device. */
  private static Value gather(Call call) {
    Value data = call.input();
    Value indices = call.input(1);
    requireIndices(call, indices);
    int axis = call.axis(call.attributes().integer("axis", 0), data.shape().rank());
    Gather layer = new Gather(axis);
    if (indices instanceof Known known && indices.shape().elements() == 1) {
      int size = data.shape().dim(axis);
      long index = known.tensor().integer(0);
      if (index < -size || index >= size) {
        throw call.invalid("index " + index + " is outside axis " + axis + " of " + data.shape());
      }
      int start = (int) (index < 0 ? index + size : index);
      Value slice = Slicing.along(call, data, axis, start, 1, 1);
      return call.reshape(slice, layer.outputShape(List.of(data.shape(), indices.shape())));
    }
    return call.apply(layer, data, indices);
  }

  private static Value gatherElements(Call call) {
    Value data = call.input();
    requireIndices(call, call.input(1));
    int axis = call.axis(call.attributes().integer("axis", 0), data.shape().rank());
    return call.apply(new GatherElements(axis), data, call.input(1));
  }

  private static void requireIndices(Call call, Value indices) {
    if (!indices.type().isInteger()) {
      throw call.invalid("its indices are of type " + indices.type() + ", must be integers");
    }
  }

  private static Value expand(Call call) {
    Value x = call.input();
    Shape wanted = Dimensions.shape(call.describe(), call.integers(1, "shape"));
    // Both ways: a dimension of 1 in the wanted shape takes the input's.
    Shape shape = Broadcast.of("expand", x.shape(), wanted);
    return shape.equals(x.shape()) ? x : call.apply(new Expand(shape), x);
  }

  /** Each axis becomes two, of which the first is stretched. */
  private static Value tile(Call call) {
    Value x = call.input();
    List<Long> repeats = call.integers(1, "repeats");
    Shape in = x.shape();
    if (repeats.size() != in.rank()) {
      throw call.invalid("its repeats are " + repeats + ", its input has shape " + in);
    }
    if (repeats.stream().allMatch(each -> each == 1)) {
      return x;
    }
    List<Integer> split = new ArrayList<>();
    List<Integer> stretched = new ArrayList<>();
    int[] dims = new int[in.rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      int count = Dimensions.size(call.describe() + " repeats", axis, repeats.get(axis));
      split.addAll(List.of(1, in.dim(axis)));
      stretched.addAll(List.of(count, in.dim(axis)));
      dims[axis] = Dimensions.size(call.describe(), axis, (long) count * in.dim(axis));
    }
    Value twice = call.reshape(x, shape(split));
    return call.reshape(call.apply(new Expand(shape(stretched)), twice), Shape.of(dims));
  }

  private static Shape shape(List<Integer> dims) {
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Negative padding cuts off; pads are an attribute before opset 11, an input since. */
  private static Value pad(Call call) {
    Value x = call.input();
    int rank = x.shape().rank();
    List<Long> pads = call.attributes().integers("pads");
    if (pads == null) {
      pads = call.integers(1, "pads");
    }
    double value = call.attributes().number("value", 0);
    if (call.has(2)) {
      value = call.number(2, "constant value");
    }
    List<Long> axes =
        call.has(3) ? call.integers(3, "axes") : LongStream.range(0, rank).boxed().toList();
    if (pads.size() != 2 * axes.size()) {
      throw call.invalid("its pads are " + pads + " for the axes " + axes);
    }
    List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
    List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
    Value cut = x;
    Set<Integer> named = new HashSet<>();
    for (int i = 0; i < axes.size(); i++) {
      int axis = call.axis(axes.get(i), rank);
      if (!named.add(axis)) {
        throw call.invalid("its axes " + axes + " name axis " + axis + " twice");
      }
      int first = padding(call, pads.get(i));
      int last = padding(call, pads.get(i + axes.size()));
      if (first < 0 || last < 0) {
        long size = (long) x.shape().dim(axis) + Math.min(first, 0) + Math.min(last, 0);
        if (size < 0) {
          throw call.invalid("its pads " + pads + " cut off more than shape " + x.shape());
        }
        cut = Slicing.along(call, cut, axis, -Math.min(first, 0), 1, (int) size);
      }
      before.set(axis, Math.max(first, 0));
      after.set(axis, Math.max(last, 0));
    }
    String mode = call.choice("mode", "constant", "constant", "reflect", "edge", "wrap");
    boolean nothing = before.stream().allMatch(p -> p == 0) && after.stream().allMatch(p -> p == 0);
    return nothing
        ? cut
        : call.apply(
            new Pad(before, after, Pad.Mode.valueOf(mode.toUpperCase(Locale.ROOT)), (float) value),
            cut);
  }

  private static int padding(Call call, long pad) {
    if (pad < -Integer.MAX_VALUE / 2 || pad > Integer.MAX_VALUE / 2) {
      throw call.invalid("padding of " + pad + " is over the limit " + Integer.MAX_VALUE / 2);
    }
    return (int) pad;
  }

  /** Where the index along the new axis equals the input's, the second of the two values. */
  private static Value oneHot(Call call) {
    Value indices = call.input();
    Value values = call.input(2);
    if (!values.shape().equals(Shape.of(2))) {
      throw call.invalid("its values have shape " + values.shape() + ", must be two numbers");
    }
    int depth = Dimensions.size(call.describe() + " depth", 0, (long) call.number(1, "depth"));
    Shape in = indices.shape();
    int axis = call.axis(call.attributes().integer("axis", -1), in.rank() + 1);
    List<Integer> expanded = new ArrayList<>(Arrays.stream(in.toArray()).boxed().toList());
    expanded.add(axis, 1);
    int[] places = new int[in.rank() + 1];
    Arrays.fill(places, 1);
    places[axis] = depth;
    Value index = call.reshape(indices, shape(expanded));
    ElementType type = indices.type();
    call.draft().take(call.describe() + " depth", type, Shape.of(depth));
    Value range =
        new Known(
            type.isFloat()
                ? TypedTensor.of(
                    type, Shape.of(places), LongStream.range(0, depth).asDoubleStream().toArray())
                : TypedTensor.of(type, Shape.of(places), LongStream.range(0, depth).toArray()));
    Value negative =
        call.apply(
            new Elementwise(Elementwise.Function.LESS),
            ElementType.BOOL,
            index,
            call.scalar(index, 0));
    Value fromEnd = call.apply(new Add(), index, call.scalar(index, depth));
    Value place = call.apply(new Where(), Weights.none(), type, negative, fromEnd, index);
    Value hit =
        call.apply(new Elementwise(Elementwise.Function.EQUAL), ElementType.BOOL, place, range);
    Value off = call.reshape(Slicing.along(call, values, 0, 0, 1, 1), Shape.of());
    Value on = call.reshape(Slicing.along(call, values, 0, 1, 1, 1), Shape.of());
    return call.apply(new Where(), Weights.none(), values.type(), hit, on, off);
  }
}
