// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.ChannelShuffle;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Transpose;
import io.pointwise.onnx.lowering.Draft.Entry;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.onnx.lowering.Value.Computed;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Operators that see the same elements under another shape, or in another order of the axes. */
final class ViewRules {
  private ViewRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of("Identity", Types.ANY, Call::input),
        Operator.of("Flatten", Types.ANY, ViewRules::flatten, "axis"),
        Operator.of("Reshape", Types.ANY, ViewRules::reshape, "allowzero").inputs(2).fixed(1),
        Operator.of("Squeeze", Types.ANY, ViewRules::squeeze, "axes").inputs(2).fixed(1),
        Operator.of("Unsqueeze", Types.ANY, ViewRules::unsqueeze, "axes").inputs(2).fixed(1),
        Operator.of("Transpose", Types.ANY, ViewRules::transpose, "perm"),
        Operator.of("DepthToSpace", Types.ANY, ViewRules::depthToSpace, "blocksize", "mode"),
        Operator.of("SpaceToDepth", Types.ANY, ViewRules::spaceToDepth, "blocksize"));
  }

  private static Value flatten(Call call) {
    Value x = call.input();
    Shape in = x.shape();
    long axis = call.attributes().integer("axis", 1);
    int index = axis == in.rank() ? in.rank() : call.axis(axis, in.rank());
    return call.reshape(
        x, Math.toIntExact(in.elements(0, index)), Math.toIntExact(in.elements(index, in.rank())));
  }

  private static Value reshape(Call call) {
    Value x = call.input();
    boolean allowZero = call.attributes().flag("allowzero", false);
    List<Long> wanted = call.integers(1, "shape");
    List<Integer> dims = new ArrayList<>();
    for (long dim : wanted) {
      if (dim < -1 || dim > Integer.MAX_VALUE) {
        throw call.invalid(
            "its shape is " + wanted + ", each must be from -1 to " + Integer.MAX_VALUE);
      }
      dims.add((int) dim);
    }
    Shape shape = new Reshape(dims, allowZero).outputShape(List.of(x.shape()));
    Value shuffled = channelShuffle(call, x, shape);
    return shuffled != null ? shuffled : call.reshape(x, shape);
  }

  /**
   * {@code [n, c, h, w]} seen as {@code [n, g, c/g, h, w]}, the two channel axes exchanged, and
   * seen as {@code [n, c, h, w]} again; null where it is not that.
   */
  private static @Nullable Value channelShuffle(Call call, Value x, Shape shape) {
    Entry exchange = call.draft().producer(x);
    if (shape.rank() != 4
        || exchange == null
        || !exchange.layer().equals(new Transpose(List.of(0, 2, 1, 3, 4)))) {
      return null;
    }
    Entry split = call.draft().producer(exchange);
    if (split == null || !(split.layer() instanceof Reshape)) {
      return null;
    }
    String source = split.reads().getFirst();
    int groups = split.shape().dim(1);
    boolean same =
        call.draft().shapeOf(source).equals(shape)
            && split.shape().dim(0) == shape.dim(0)
            && groups * split.shape().dim(2) == shape.dim(1)
            && split.shape().dim(3) == shape.dim(2);
    return same
        ? call.apply(new ChannelShuffle(groups), new Computed(source, shape, x.type()))
        : null;
  }

  private static Value squeeze(Call call) {
    Value x = call.input();
    int[] in = x.shape().toArray();
    List<Long> axes = axes(call);
    Set<Integer> removed = new TreeSet<>();
    if (axes == null) {
      IntStream.range(0, in.length).filter(i -> in[i] == 1).forEach(removed::add);
    } else {
      for (long axis : axes) {
        int index = call.axis(axis, in.length);
        if (in[index] != 1) {
          throw call.invalid("axis " + axis + " of shape " + x.shape() + " is not of size 1");
        }
        removed.add(index);
      }
    }
    int[] dims =
        IntStream.range(0, in.length).filter(i -> !removed.contains(i)).map(i -> in[i]).toArray();
    return call.reshape(x, dims);
  }

  private static Value unsqueeze(Call call) {
    Value x = call.input();
    List<Long> axes = axes(call);
    if (axes == null) {
      throw call.invalid("its axes are missing");
    }
    int rank = x.shape().rank() + axes.size();
    Set<Integer> added = new TreeSet<>();
    for (long axis : axes) {
      if (!added.add(call.axis(axis, rank))) {
        throw call.invalid("axis " + axis + " is named twice in " + axes);
      }
    }
    int[] dims = new int[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      dims[i] = added.contains(i) ? 1 : x.shape().dim(next++);
    }
    return call.reshape(x, dims);
  }

  /** An attribute before opset 13, an input since; null where there are none. */
  private static @Nullable List<Long> axes(Call call) {
    return call.has(1) ? call.integers(1, "axes") : call.attributes().integers("axes");
  }

  private static Value transpose(Call call) {
    Value x = call.input();
    int rank = x.shape().rank();
    List<Long> given = call.attributes().integers("perm");
    List<Integer> permutation =
        given == null
            ? IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList()
            : given.stream().map(axis -> call.axis(axis, rank)).toList();
    if (permutation.size() != rank) {
      throw call.invalid("attribute perm is " + permutation + ", its input has shape " + x.shape());
    }
    return permuted(call, x, permutation);
  }

  /** Where only axes of size 1 change their places, the elements stay where they are. */
  private static Value permuted(Call call, Value x, List<Integer> permutation) {
    Transpose layer = new Transpose(permutation);
    List<Integer> moved = permutation.stream().filter(axis -> x.shape().dim(axis) != 1).toList();
    return moved.equals(moved.stream().sorted().toList())
        ? call.reshape(x, layer.outputShape(List.of(x.shape())))
        : call.apply(layer, x);
  }

  private static Value depthToSpace(Call call) {
    Value x = call.input();
    Shape in = requireImage(call, x);
    int block = blockSize(call);
    boolean columnFirst = call.choice("mode", "DCR", "DCR", "CRD").equals("CRD");
    int area = Math.multiplyExact(block, block);
    if (in.dim(1) % area != 0) {
      throw call.invalid(
          "blocksize " + block + " squared does not divide the channels of shape " + in);
    }
    int channels = in.dim(1) / area;
    Value split =
        columnFirst
            ? call.reshape(x, in.dim(0), channels, block, block, in.dim(2), in.dim(3))
            : call.reshape(x, in.dim(0), block, block, channels, in.dim(2), in.dim(3));
    List<Integer> order = columnFirst ? List.of(0, 1, 4, 2, 5, 3) : List.of(0, 3, 4, 1, 5, 2);
    return call.reshape(
        call.apply(new Transpose(order), split),
        in.dim(0),
        channels,
        Math.multiplyExact(in.dim(2), block),
        Math.multiplyExact(in.dim(3), block));
  }

  private static Value spaceToDepth(Call call) {
    Value x = call.input();
    Shape in = requireImage(call, x);
    int block = blockSize(call);
    if (in.dim(2) % block != 0 || in.dim(3) % block != 0) {
      throw call.invalid("blocksize " + block + " does not divide height and width of " + in);
    }
    int h = in.dim(2) / block;
    int w = in.dim(3) / block;
    Value split = call.reshape(x, in.dim(0), in.dim(1), h, block, w, block);
    int channels = Math.multiplyExact(in.dim(1), Math.multiplyExact(block, block));
    return call.reshape(
        call.apply(new Transpose(List.of(0, 3, 5, 1, 2, 4)), split), in.dim(0), channels, h, w);
  }

  private static Shape requireImage(Call call, Value x) {
    if (x.shape().rank() != 4) {
      throw call.invalid(
          "its input has dimensions " + Arrays.toString(x.shape().toArray()) + ", must have 4");
    }
    return x.shape();
  }

  private static int blockSize(Call call) {
    long block = call.attributes().integer("blocksize", 0);
    if (block < 1 || block > 1 << 15) {
      throw call.invalid("attribute blocksize is " + block + ", must be from 1 to " + (1 << 15));
    }
    return (int) block;
  }
}
