// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Add;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Role;
import io.pointwise.layer.Transpose;
import io.pointwise.layer.Unfold;
import io.pointwise.network.Weights;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Three dimensions are done with two, so that every device has them:
 *
 *  - A convolution over [d, h, w] sums, for each output depth, kd convolutions over [h, w]. With the
 *    kd input slices behind each other as channels it is one convolution of c·kd channels; its
 *    weights [o, c/g, kd, kh, kw] have just that order already.
 *  - A transposed convolution gives, for each input depth, kd slices of output: one transposed
 *    convolution of oc·kd output channels. Adding up the slices that meet in an output depth is a
 *    transposed convolution along the depth, of kd channels, each with a single tap of 1.
 */

/** {@code Conv} and {@code ConvTranspose} over one, two and three spatial dimensions. */
final class ConvolutionRules {
  private ConvolutionRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of(
                "Conv",
                Types.FLOATS,
                ConvolutionRules::conv,
                "auto_pad",
                "dilations",
                "group",
                "kernel_shape",
                "pads",
                "strides")
            .inputs(3)
            .fixed(1, 2),
        Operator.of(
                "ConvTranspose",
                Types.FLOATS,
                ConvolutionRules::convTranspose,
                "auto_pad",
                "dilations",
                "group",
                "kernel_shape",
                "output_padding",
                "output_shape",
                "pads",
                "strides")
            .inputs(3)
            .fixed(1, 2));
  }

  // --- Convolution.

  private static Value conv(Call call) {
    Value x = call.input();
    Tensor weight = filters(call, x);
    Spatial spatial = Spatial.of(call, kernel(weight), sizes(x.shape()));
    int groups = groups(call);
    int oc = weight.shape().dim(0);
    Tensor bias = call.has(2) ? call.weight(2, "bias") : null;
    if (spatial.axes() == 3) {
      return conv3d(call, x, weight, bias, spatial, groups);
    }
    Value y =
        call.apply(
            new Conv2d(oc, spatial.plane(), groups, bias != null),
            weights(weight.reshape(planar(weight.shape())), bias),
            x.type(),
            call.reshape(x, planar(x.shape())));
    return spatial.axes() == 1 ? call.reshape(y, line(y.shape())) : y;
  }

  private static Value conv3d(
      Call call, Value x, Tensor weight, @Nullable Tensor bias, Spatial spatial, int groups) {
    Shape in = x.shape();
    int oc = weight.shape().dim(0);
    int kd = spatial.kernel().getFirst();
    Value padded = x;
    if (spatial.before().getFirst() > 0 || spatial.after().getFirst() > 0) {
      padded =
          call.apply(
              new Pad(
                  List.of(0, 0, spatial.before().getFirst(), 0, 0),
                  List.of(0, 0, spatial.after().getFirst(), 0, 0),
                  Pad.Mode.CONSTANT,
                  0),
              x);
    }
    Value windows =
        call.apply(
            new Unfold(2, kd, spatial.strides().getFirst(), spatial.dilations().getFirst()),
            padded);
    int od = windows.shape().dim(2);
    Value slices = call.apply(new Transpose(List.of(0, 2, 1, 3, 4, 5)), windows);
    Shape filter =
        Shape.of(oc, weight.shape().dim(1) * kd, weight.shape().dim(3), weight.shape().dim(4));
    Value y =
        call.apply(
            new Conv2d(oc, spatial.window(1, 2), groups, bias != null),
            weights(weight.reshape(filter), bias),
            x.type(),
            call.reshape(slices, in.dim(0) * od, in.dim(1) * kd, in.dim(3), in.dim(4)));
    Shape out = y.shape();
    Value depthFirst = call.reshape(y, in.dim(0), od, oc, out.dim(2), out.dim(3));
    return call.apply(new Transpose(List.of(0, 2, 1, 3, 4)), depthFirst);
  }

  // --- Transposed convolution.

  private static Value convTranspose(Call call) {
    Value x = call.input();
    Tensor weight = filters(call, x);
    int groups = groups(call);
    int oc = Math.multiplyExact(weight.shape().dim(1), groups);
    Tensor bias = call.has(2) ? call.weight(2, "bias") : null;
    TransposedPadding padding = TransposedPadding.of(call, kernel(weight), sizes(x.shape()));
    Spatial spatial = padding.spatial();
    List<Integer> extra = padding.outputPadding();
    if (spatial.axes() == 3) {
      return convTranspose3d(call, x, weight, bias, padding, groups);
    }
    boolean line = spatial.axes() == 1;
    Value y =
        call.apply(
            new ConvTranspose2d(
                oc,
                spatial.plane(),
                line ? 0 : extra.getFirst(),
                extra.getLast(),
                groups,
                bias != null),
            weights(weight.reshape(planar(weight.shape())), bias),
            x.type(),
            call.reshape(x, planar(x.shape())));
    return line ? call.reshape(y, line(y.shape())) : y;
  }

  private static Value convTranspose3d(
      Call call,
      Value x,
      Tensor weight,
      @Nullable Tensor bias,
      TransposedPadding padding,
      int groups) {
    Shape in = x.shape();
    Shape w = weight.shape();
    int n = in.dim(0);
    int d = in.dim(2);
    int kd = w.dim(2);
    int oc = Math.multiplyExact(w.dim(1), groups);
    Value slices = call.apply(new Transpose(List.of(0, 2, 1, 3, 4)), x);
    Value planes =
        call.apply(
            new ConvTranspose2d(
                Math.multiplyExact(oc, kd),
                padding.spatial().window(1, 2),
                padding.outputPadding().get(1),
                padding.outputPadding().get(2),
                groups,
                false),
            Weights.of(weight.reshape(Shape.of(w.dim(0), w.dim(1) * kd, w.dim(3), w.dim(4)))),
            x.type(),
            call.reshape(slices, n * d, in.dim(1), in.dim(3), in.dim(4)));
    int oh = planes.shape().dim(2);
    int ow = planes.shape().dim(3);
    Value taps =
        call.apply(
            new Transpose(List.of(0, 2, 3, 1, 4)), call.reshape(planes, n, d, oc, kd, oh * ow));
    Value depth =
        call.apply(
            new ConvTranspose2d(
                1, padding.spatial().column(0), padding.outputPadding().getFirst(), 0, 1, false),
            Weights.of(singleTaps(call, kd)),
            x.type(),
            call.reshape(taps, n * oc, kd, d, oh * ow));
    Value y = call.reshape(depth, n, oc, depth.shape().dim(2), oh, ow);
    if (bias == null) {
      return y;
    }
    TypedTensor added = TypedTensor.of(bias.reshape(Shape.of(oc, 1, 1, 1)));
    return call.apply(new Add(), y, new Value.Known(added));
  }

  /** For each input channel, a filter with one tap of 1 at that place. */
  private static Tensor singleTaps(Call call, int taps) {
    Tensor filters = call.zeros(taps, 1, taps, 1);
    for (int tap = 0; tap < taps; tap++) {
      filters.set((long) tap * taps + tap, 1);
    }
    return filters;
  }

  /**
   * Padding of a transposed convolution: what is cut off the output, or what is added where the
   * output is asked to be larger than it comes out.
   */
  private record TransposedPadding(Spatial spatial, List<Integer> outputPadding) {
    static TransposedPadding of(Call call, List<Integer> kernel, List<Integer> sizes) {
      int axes = kernel.size();
      Spatial given = Spatial.of(call, kernel, sizes);
      List<Integer> extra = new ArrayList<>(Spatial.attribute(call, "output_padding", axes, 0, 0));
      List<Integer> wanted = Spatial.attribute(call, "output_shape", axes, 1, 0);
      String auto = Spatial.autoPad(call);
      boolean same = auto.startsWith("SAME");
      boolean shaped = wanted.getFirst() > 0;
      if (!same && !shaped) {
        return new TransposedPadding(given, extra);
      }
      List<Integer> before = new ArrayList<>();
      List<Integer> after = new ArrayList<>();
      for (int i = 0; i < axes; i++) {
        long stride = given.strides().get(i);
        long extent = (long) given.dilations().get(i) * (kernel.get(i) - 1) + 1;
        long whole = stride * (sizes.get(i) - 1) + extent + extra.get(i);
        long size = shaped ? wanted.get(i) : stride * sizes.get(i);
        long total = whole - size;
        if (total < 0) {
          extra.set(i, Math.toIntExact(extra.get(i) - total));
          total = 0;
        }
        int less = Math.toIntExact(total / 2);
        int more = Math.toIntExact(total - total / 2);
        // Where the odd one goes was turned round in opset 11.
        boolean lessFirst = auto.equals("SAME_UPPER") == call.opset() >= 11;
        before.add(lessFirst ? less : more);
        after.add(lessFirst ? more : less);
      }
      return new TransposedPadding(
          new Spatial(kernel, given.strides(), given.dilations(), before, after), extra);
    }
  }

  // --- What both share.

  private static Tensor filters(Call call, Value x) {
    Tensor weight = call.weight(1, "weight");
    int rank = x.shape().rank();
    if (rank < 3 || rank > 5) {
      throw call.unsupported(
          "its input has shape " + x.shape() + "; one to three spatial dimensions are supported");
    }
    List<Integer> kernel = Spatial.kernelShape(call);
    boolean fits = weight.shape().rank() == rank;
    if (!fits || (kernel != null && !kernel.equals(kernel(weight)))) {
      throw call.invalid(
          "weights of shape "
              + weight.shape()
              + " do not fit an input of shape "
              + x.shape()
              + (kernel == null ? "" : " and a kernel_shape of " + kernel));
    }
    return weight;
  }

  private static int groups(Call call) {
    long groups = call.attributes().integer("group", 1);
    if (groups < 1 || groups > Integer.MAX_VALUE) {
      throw call.invalid("attribute group is " + groups + ", must be at least 1");
    }
    return (int) groups;
  }

  private static List<Integer> kernel(Tensor weight) {
    return sizes(weight.shape());
  }

  static List<Integer> sizes(Shape shape) {
    return Arrays.stream(shape.toArray()).skip(2).boxed().toList();
  }

  /** {@code [a, b, w]} as {@code [a, b, 1, w]}; two spatial dimensions as they are. */
  static Shape planar(Shape shape) {
    return shape.rank() == 3 ? Shape.of(shape.dim(0), shape.dim(1), 1, shape.dim(2)) : shape;
  }

  /** {@code [n, c, 1, w]} as {@code [n, c, w]}. */
  static Shape line(Shape shape) {
    return Shape.of(shape.dim(0), shape.dim(1), shape.dim(3));
  }

  private static Weights weights(Tensor weight, @Nullable Tensor bias) {
    Map<Role, Tensor> tensors = new EnumMap<>(Role.class);
    tensors.put(Role.WEIGHT, weight);
    if (bias != null) {
      tensors.put(Role.BIAS, bias);
    }
    return Weights.of(tensors);
  }
}
