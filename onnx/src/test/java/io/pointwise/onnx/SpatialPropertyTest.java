// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static io.pointwise.onnx.Tensors.small;
import static io.pointwise.onnx.TestModel.ints;
import static io.pointwise.onnx.TestModel.with;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Convolution, its transpose and pooling over three dimensions, which are done with layers of two,
 * against plain loops over small whole numbers, which float32 computes exactly.
 */
class SpatialPropertyTest {
  /** One axis: sizes as ONNX has them. */
  record Axis(int size, int kernel, int stride, int dilation, int before, int after) {
    int extent() {
      return (kernel - 1) * dilation + 1;
    }

    int out() {
      return (size + before + after - extent()) / stride + 1;
    }

    int transposed(int extra) {
      return (size - 1) * stride + extent() + extra - before - after;
    }
  }

  /** Three axes out of any numbers, such that at least one window fits. */
  private static List<Axis> axes(List<Integer> numbers) {
    Axis[] axes = new Axis[3];
    for (int i = 0; i < 3; i++) {
      int kernel = 1 + numbers.get(6 * i) % 3;
      int stride = 1 + numbers.get(6 * i + 1) % 2;
      int dilation = 1 + numbers.get(6 * i + 2) % 2;
      int extent = (kernel - 1) * dilation + 1;
      int before = numbers.get(6 * i + 3) % extent;
      int after = numbers.get(6 * i + 4) % extent;
      axes[i] =
          new Axis(extent + numbers.get(6 * i + 5) % 3, kernel, stride, dilation, before, after);
    }
    return List.of(axes);
  }

  private static long[] each(List<Axis> axes, java.util.function.ToIntFunction<Axis> number) {
    return axes.stream().mapToLong(number::applyAsInt).toArray();
  }

  private static AttributeProto[] window(List<Axis> axes, AttributeProto... more) {
    long[] pads = Arrays.copyOf(each(axes, Axis::before), 6);
    System.arraycopy(each(axes, Axis::after), 0, pads, 3, 3);
    AttributeProto[] all = Arrays.copyOf(more, more.length + 4);
    all[more.length] = ints("kernel_shape", each(axes, Axis::kernel));
    all[more.length + 1] = ints("strides", each(axes, Axis::stride));
    all[more.length + 2] = ints("dilations", each(axes, Axis::dilation));
    all[more.length + 3] = ints("pads", pads);
    return all;
  }

  private static TypedTensor input(List<Axis> axes, int channels, long seed) {
    return small(seed, 2, channels, axes.get(0).size(), axes.get(1).size(), axes.get(2).size());
  }

  private static long at(TypedTensor x, int... index) {
    long place = 0;
    for (int axis = 0; axis < index.length; axis++) {
      place = place * x.shape().dim(axis) + index[axis];
    }
    return place;
  }

  /** What is done with each tap of a window: output and input place and filter tap. */
  private interface Tap {
    void at(int[] out, int[] in, int[] tap);
  }

  /** All taps that lie inside the input. */
  private static void taps(List<Axis> axes, Tap visitor) {
    int[] out = new int[3];
    int[] in = new int[3];
    int[] tap = new int[3];
    taps(axes, 0, out, in, tap, visitor);
  }

  private static void taps(List<Axis> axes, int axis, int[] out, int[] in, int[] tap, Tap visitor) {
    if (axis == 3) {
      visitor.at(out, in, tap);
      return;
    }
    Axis a = axes.get(axis);
    for (out[axis] = 0; out[axis] < a.out(); out[axis]++) {
      for (tap[axis] = 0; tap[axis] < a.kernel(); tap[axis]++) {
        in[axis] = out[axis] * a.stride() + tap[axis] * a.dilation() - a.before();
        if (in[axis] >= 0 && in[axis] < a.size()) {
          taps(axes, axis + 1, out, in, tap, visitor);
        }
      }
    }
  }

  private static Shape outputs(List<Axis> axes, int channels) {
    return Shape.of(2, channels, axes.get(0).out(), axes.get(1).out(), axes.get(2).out());
  }

  @Property(tries = 60)
  void convolution(
      @ForAll @Size(18) List<@IntRange(max = 11) Integer> numbers,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll long seed) {
    List<Axis> axes = axes(numbers);
    TypedTensor x = input(axes, 4, seed);
    int perGroup = 4 / groups;
    TypedTensor w =
        small(
            seed + 1,
            6,
            perGroup,
            axes.get(0).kernel(),
            axes.get(1).kernel(),
            axes.get(2).kernel());
    TypedTensor b = small(seed + 2, 6);
    Shape shape = outputs(axes, 6);
    double[] sums = new double[(int) shape.elements()];
    TypedTensor y = Tensors.floats(shape, sums);
    for (int n = 0; n < 2; n++) {
      for (int oc = 0; oc < 6; oc++) {
        int image = n;
        int filter = oc;
        int first = oc / (6 / groups) * perGroup;
        taps(
            axes,
            (out, in, tap) -> {
              for (int c = 0; c < perGroup; c++) {
                sums[(int) at(y, image, filter, out[0], out[1], out[2])] +=
                    x.value(at(x, image, first + c, in[0], in[1], in[2]))
                        * w.value(at(w, filter, c, tap[0], tap[1], tap[2]));
              }
            });
      }
    }
    int perChannel = (int) shape.elements(2, 5);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += b.value(i / perChannel % 6);
    }
    SingleNode node =
        SingleNode.of(13, "Conv", window(axes, with("group", (long) groups))).on(x, w, b);
    SingleNode.requireClose("conv", node.result(), Tensors.floats(shape, sums), 0);
  }

  @Property(tries = 60)
  void transposedConvolution(
      @ForAll @Size(18) List<@IntRange(max = 11) Integer> numbers,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll @IntRange(max = 1) int extra,
      @ForAll long seed) {
    // The window slides over the output, so it is there that padding may not eat everything.
    List<Axis> axes =
        axes(numbers).stream()
            .map(a -> new Axis(a.size(), a.kernel(), a.stride(), a.dilation(), a.before() / 2, 0))
            .toList();
    TypedTensor x = input(axes, 4, seed);
    TypedTensor w =
        small(seed + 1, 4, 3, axes.get(0).kernel(), axes.get(1).kernel(), axes.get(2).kernel());
    TypedTensor b = small(seed + 2, 3 * groups);
    int[] sizes = axes.stream().mapToInt(a -> a.transposed(a.stride() > 1 ? extra : 0)).toArray();
    Shape shape = Shape.of(2, 3 * groups, sizes[0], sizes[1], sizes[2]);
    TypedTensor y = Tensors.floats(shape, new double[(int) shape.elements()]);
    double[] sums = new double[(int) shape.elements()];
    int perChannel = (int) shape.elements(2, 5);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = b.value(i / perChannel % (3 * groups));
    }
    for (long i = 0; i < x.shape().elements(); i++) {
      int[] place = unravel(i, x.shape());
      for (long k = 0; k < w.shape().elements(1, 5); k++) {
        int[] tap = unravel(k, Shape.of(3, w.shape().dim(2), w.shape().dim(3), w.shape().dim(4)));
        int[] out = new int[3];
        boolean inside = true;
        for (int axis = 0; axis < 3; axis++) {
          Axis a = axes.get(axis);
          out[axis] = place[axis + 2] * a.stride() + tap[axis + 1] * a.dilation() - a.before();
          inside &= out[axis] >= 0 && out[axis] < sizes[axis];
        }
        if (inside) {
          int channel = place[1] / (4 / groups) * 3 + tap[0];
          sums[(int) at(y, place[0], channel, out[0], out[1], out[2])] +=
              x.value(i) * w.value(place[1] * w.shape().elements(1, 5) + k);
        }
      }
    }
    AttributeProto[] more = {
      with("group", (long) groups),
      ints("output_padding", each(axes, a -> a.stride() > 1 ? extra : 0))
    };
    SingleNode node = SingleNode.of(13, "ConvTranspose", window(axes, more)).on(x, w, b);
    SingleNode.requireClose("transposed", node.result(), Tensors.floats(shape, sums), 0);
  }

  private static int[] unravel(long place, Shape shape) {
    int[] index = new int[shape.rank()];
    long rest = place;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = (int) (rest % shape.dim(axis));
      rest /= shape.dim(axis);
    }
    return index;
  }

  @Property(tries = 60)
  void pooling(
      @ForAll @Size(18) List<@IntRange(max = 11) Integer> numbers,
      @ForAll boolean includePad,
      @ForAll long seed) {
    List<Axis> axes = axes(numbers);
    TypedTensor x = input(axes, 3, seed);
    Shape shape = outputs(axes, 3);
    TypedTensor y = Tensors.floats(shape, new double[(int) shape.elements()]);
    double[] most = new double[(int) shape.elements()];
    double[] mean = new double[most.length];
    double[] absolute = new double[most.length];
    int[] count = new int[most.length];
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < 3; c++) {
        int image = n;
        int channel = c;
        taps(
            axes,
            (out, in, _) -> {
              int place = (int) at(y, image, channel, out[0], out[1], out[2]);
              double value = x.value(at(x, image, channel, in[0], in[1], in[2]));
              most[place] = Math.max(most[place], value);
              mean[place] += value;
              absolute[place] += Math.abs(value);
              count[place]++;
            });
      }
    }
    int whole = axes.stream().mapToInt(Axis::kernel).reduce(1, (a, b) -> a * b);
    for (int i = 0; i < mean.length; i++) {
      mean[i] = includePad ? mean[i] / whole : count[i] == 0 ? Double.NaN : mean[i] / count[i];
    }
    SingleNode.requireClose(
        "max",
        SingleNode.of(12, "MaxPool", window(axes)).on(x).result(),
        Tensors.floats(shape, most),
        0);
    SingleNode.requireClose(
        "average",
        SingleNode.of(
                19, "AveragePool", window(axes, with("count_include_pad", includePad ? 1L : 0L)))
            .within(1e-6)
            .on(x)
            .result(),
        Tensors.floats(shape, mean),
        1e-6);
    SingleNode.requireClose(
        "lp",
        SingleNode.of(18, "LpPool", window(axes, with("p", 1L))).on(x).result(),
        Tensors.floats(shape, absolute),
        0);
  }
}
