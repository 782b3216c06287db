// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Mul;
import io.pointwise.layer.PoolSpec;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/*
 * Maximum, mean and sum over a window of three dimensions are those over the depth of those over
 * height and width, and how many taps count is a product too: two layers of two dimensions.
 */

/** Pooling over one, two and three spatial dimensions. */
final class PoolingRules {
  private static final String[] WINDOW = {
    "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "strides"
  };

  private PoolingRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of("MaxPool", Types.NUMBERS, Set.of(with("storage_order")), PoolingRules::maxPool),
        Operator.of(
            "AveragePool", Types.FLOATS, PoolingRules::averagePool, with("count_include_pad")),
        Operator.of("LpPool", Types.FLOATS, PoolingRules::lpPool, with("p")),
        Operator.of("GlobalMaxPool", Types.FLOATS, call -> global(call, GlobalPool2d.Mode.MAX)),
        Operator.of(
            "GlobalAveragePool", Types.FLOATS, call -> global(call, GlobalPool2d.Mode.AVERAGE)));
  }

  private static String[] with(String attribute) {
    String[] all = Arrays.copyOf(WINDOW, WINDOW.length + 1);
    all[WINDOW.length] = attribute;
    return all;
  }

  private static List<Value> maxPool(Call call) {
    Value x = call.input();
    Spatial spatial = spatial(call, x);
    boolean ceil = call.attributes().flag("ceil_mode", false);
    Value y = pool(call, x, spatial, window -> new MaxPool2d(window, ceil));
    if (call.outputCount() < 2) {
      return List.of(y);
    }
    if (spatial.axes() == 3) {
      throw call.unsupported("indices of a pooling over three dimensions are not supported");
    }
    boolean columnMajor = call.attributes().flag("storage_order", false);
    Value indices =
        call.apply(
            new MaxPoolIndices(spatial.plane(), ceil, columnMajor && spatial.axes() == 2),
            ElementType.INT64,
            call.reshape(x, ConvolutionRules.planar(x.shape())));
    return List.of(y, call.reshape(indices, y.shape()));
  }

  private static Value averagePool(Call call) {
    boolean ceil = call.attributes().flag("ceil_mode", false);
    boolean includePad = call.attributes().flag("count_include_pad", false);
    Value x = call.input();
    return pool(call, x, spatial(call, x), window -> new AvgPool2d(window, ceil, includePad));
  }

  /** {@code (Σ|x|^p)^(1/p)}, the sum as a convolution of ones over each channel. */
  private static Value lpPool(Call call) {
    Value x = call.input();
    Spatial spatial = spatial(call, x);
    boolean ceil = call.attributes().flag("ceil_mode", false);
    long p = call.attributes().integer("p", 2);
    if (p < 1) {
      throw call.invalid("attribute p is " + p + ", must be at least 1");
    }
    Value size = call.map(new ActivationFunction.Abs(), x);
    Value powers =
        p == 1
            ? size
            : p == 2
                ? call.apply(new Mul(), x, x)
                : call.apply(
                    new Elementwise(Elementwise.Function.POWER), size, call.scalar(x, (double) p));
    Value sum = sum(call, powers, spatial, ceil);
    return p == 1
        ? sum
        : p == 2
            ? call.map(new ActivationFunction.Sqrt(), sum)
            : call.apply(new Elementwise(Elementwise.Function.POWER), sum, call.scalar(x, 1.0 / p));
  }

  private static Value sum(Call call, Value x, Spatial spatial, boolean ceil) {
    Shape in = x.shape();
    Value planes = planes(call, x);
    Value y = sumPlane(call, planes, spatial.plane(), ceil);
    if (spatial.axes() < 3) {
      return call.reshape(y, restored(in, y.shape()));
    }
    Value columns = columns(call, y, in);
    return column(call, sumPlane(call, columns, spatial.column(0), ceil), in, y.shape());
  }

  private static Value sumPlane(Call call, Value x, Window window, boolean ceil) {
    int channels = x.shape().dim(1);
    Window all = ceil ? untilTheLastWindow(x.shape(), window) : window;
    Tensor ones = call.zeros(channels, 1, window.kh(), window.kw());
    for (long i = 0; i < ones.shape().elements(); i++) {
      ones.set(i, 1);
    }
    return call.apply(new Conv2d(channels, all, channels, false), Weights.of(ones), x.type(), x);
  }

  /** The padding that a partial last window reaches over, written out. */
  private static Window untilTheLastWindow(Shape x, Window window) {
    PoolSpec spec = new PoolSpec(x.dim(0), x.dim(1), x.dim(2), x.dim(3), window, true);
    long rows = (spec.oh() - 1L) * window.strideH() + window.extentH() - x.dim(2);
    long columns = (spec.ow() - 1L) * window.strideW() + window.extentW() - x.dim(3);
    return window.pad(
        window.padTop(),
        window.padLeft(),
        Math.toIntExact(Math.max(window.padBottom(), rows - window.padTop())),
        Math.toIntExact(Math.max(window.padRight(), columns - window.padLeft())));
  }

  private static Value global(Call call, GlobalPool2d.Mode mode) {
    Value x = call.input();
    Shape in = x.shape();
    if (in.rank() < 3) {
      throw call.invalid("its input has shape " + in + ", must have spatial dimensions");
    }
    long pixels = in.elements(2, in.rank());
    Value flat = call.reshape(x, in.dim(0), in.dim(1), Math.toIntExact(pixels), 1);
    Value y = call.apply(new GlobalPool2d(mode), in.rank() == 4 ? x : flat);
    int[] dims = in.toArray();
    Arrays.fill(dims, 2, dims.length, 1);
    return call.reshape(y, dims);
  }

  private static Spatial spatial(Call call, Value x) {
    int rank = x.shape().rank();
    if (rank < 3 || rank > 5) {
      throw call.unsupported(
          "its input has shape " + x.shape() + "; one to three spatial dimensions are supported");
    }
    List<Integer> kernel = Spatial.kernelShape(call);
    if (kernel == null || kernel.size() != rank - 2) {
      throw call.invalid(
          "attribute kernel_shape is "
              + (kernel == null ? "missing" : kernel)
              + ", must have "
              + (rank - 2)
              + " numbers");
    }
    return Spatial.of(call, kernel, ConvolutionRules.sizes(x.shape()));
  }

  private static Value pool(Call call, Value x, Spatial spatial, Function<Window, Layer> layer) {
    Shape in = x.shape();
    Value y = call.apply(layer.apply(spatial.plane()), planes(call, x));
    if (spatial.axes() < 3) {
      return call.reshape(y, restored(in, y.shape()));
    }
    Value pooled = call.apply(layer.apply(spatial.column(0)), columns(call, y, in));
    return column(call, pooled, in, y.shape());
  }

  /** {@code [n, c, d, h, w]} as {@code [n, c·d, h, w]}; fewer dimensions with one row. */
  private static Value planes(Call call, Value x) {
    Shape in = x.shape();
    return in.rank() == 5
        ? call.reshape(x, in.dim(0), Math.multiplyExact(in.dim(1), in.dim(2)), in.dim(3), in.dim(4))
        : call.reshape(x, ConvolutionRules.planar(in));
  }

  private static Shape restored(Shape in, Shape planar) {
    return in.rank() == 3 ? ConvolutionRules.line(planar) : planar;
  }

  /** {@code [n, c·d, h, w]} as {@code [n, c, d, h·w]}. */
  private static Value columns(Call call, Value y, Shape in) {
    int pixels = Math.toIntExact(y.shape().elements(2, 4));
    return call.reshape(y, in.dim(0), in.dim(1), in.dim(2), pixels);
  }

  /** {@code [n, c, d, h·w]} as {@code [n, c, d, h, w]}. */
  private static Value column(Call call, Value pooled, Shape in, Shape plane) {
    return call.reshape(
        pooled, in.dim(0), in.dim(1), pooled.shape().dim(2), plane.dim(2), plane.dim(3));
  }
}
