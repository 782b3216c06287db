// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Slice;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** {@code Slice}: boxes of a tensor. */
final class Slicing {
  private Slicing() {}

  /** Part of a tensor along one axis. */
  static Value along(Call call, Value x, int axis, int start, int step, int size) {
    int[] sizes = x.shape().toArray();
    int[] starts = new int[sizes.length];
    int[] steps = new int[sizes.length];
    Arrays.fill(steps, 1);
    if (step == 1 && start == 0 && size == sizes[axis]) {
      return x;
    }
    sizes[axis] = size;
    starts[axis] = start;
    steps[axis] = step;
    return call.apply(new Slice(list(starts), list(steps), list(sizes)), x);
  }

  private static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Attributes before opset 10, inputs since. */
  static Value slice(Call call) {
    Value x = call.input();
    int rank = x.shape().rank();
    List<Long> starts = call.attributes().integers("starts");
    List<Long> ends = call.attributes().integers("ends");
    List<Long> axes = call.attributes().integers("axes");
    if (starts == null || ends == null) {
      starts = call.integers(1, "starts");
      ends = call.integers(2, "ends");
      axes = call.has(3) ? call.integers(3, "axes") : null;
    }
    if (axes == null) {
      axes = LongStream.range(0, starts.size()).boxed().toList();
    }
    List<Long> steps =
        call.has(4) ? call.integers(4, "steps") : Collections.nCopies(starts.size(), 1L);
    if (ends.size() != starts.size()
        || axes.size() != starts.size()
        || steps.size() != starts.size()) {
      throw call.invalid(
          "its starts "
              + starts
              + ", ends "
              + ends
              + ", axes "
              + axes
              + " and steps "
              + steps
              + " differ in number");
    }
    int[] first = new int[rank];
    int[] stride = new int[rank];
    int[] size = x.shape().toArray();
    Arrays.fill(stride, 1);
    Set<Integer> named = new HashSet<>();
    for (int i = 0; i < starts.size(); i++) {
      int axis = call.axis(axes.get(i), rank);
      if (!named.add(axis)) {
        throw call.invalid("its axes " + axes + " name axis " + axis + " twice");
      }
      long step = steps.get(i);
      if (step == 0) {
        throw call.invalid("its step along axis " + axis + " is 0");
      }
      int dim = x.shape().dim(axis);
      // Forwards from 0 to dim, backwards from dim − 1 to −1.
      long low = step > 0 ? 0 : -1;
      long high = step > 0 ? dim : dim - 1L;
      long start = Math.clamp(fromEnd(starts.get(i), dim), Math.min(0, high), high);
      long end = Math.clamp(fromEnd(ends.get(i), dim), Math.min(low, high), high);
      long count = step > 0 ? end - start : start - end;
      long magnitude = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
      size[axis] = dim == 0 || count <= 0 ? 0 : (int) ((count - 1) / magnitude + 1);
      first[axis] = (int) Math.max(0, start);
      stride[axis] = Math.clamp(step, -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
    boolean all =
        Arrays.equals(size, x.shape().toArray()) && Arrays.stream(stride).allMatch(s -> s == 1);
    return all ? x : call.apply(new Slice(list(first), list(stride), list(size)), x);
  }

  private static long fromEnd(long index, int dim) {
    return index < 0 ? index + dim : index;
  }
}
