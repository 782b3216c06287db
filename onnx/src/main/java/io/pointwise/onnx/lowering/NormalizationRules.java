// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Batch, instance, group and local response normalisation. */
final class NormalizationRules {
  private NormalizationRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of(
                "BatchNormalization",
                Types.FLOATS,
                Set.of("epsilon", "momentum", "spatial", "is_test", "training_mode"),
                NormalizationRules::batch)
            .inputs(5)
            .fixed(1, 2, 3, 4),
        Operator.of("InstanceNormalization", Types.FLOATS, NormalizationRules::instance, "epsilon")
            .inputs(3)
            .fixed(1, 2),
        Operator.of(
                "GroupNormalization",
                Types.FLOATS,
                NormalizationRules::group,
                "epsilon",
                "num_groups",
                "stash_type")
            .inputs(3)
            .fixed(1, 2),
        Operator.of(
            "LRN",
            Types.FLOATS,
            NormalizationRules::localResponse,
            "alpha",
            "beta",
            "bias",
            "size"));
  }

  private static List<Value> batch(Call call) {
    if (call.attributes().flag("training_mode", false)) {
      throw call.unsupported("attribute training_mode is 1; training mode is not supported");
    }
    if (call.opset() < 7 && !call.attributes().flag("is_test", false)) {
      throw call.unsupported("attribute is_test is 0; training mode is not supported");
    }
    if (call.outputCount() > 1) {
      throw call.unsupported("it has " + call.outputCount() + " outputs, as in training mode");
    }
    if (call.opset() < 9 && !call.attributes().flag("spatial", true)) {
      throw call.unsupported("attribute spatial is 0; statistics a pixel are not supported");
    }
    Value x = call.input();
    Map<Role, Tensor> weights = new EnumMap<>(Role.class);
    weights.put(Role.SCALE, call.weight(1, "scale"));
    weights.put(Role.SHIFT, call.weight(2, "bias"));
    weights.put(Role.MEAN, call.weight(3, "mean"));
    weights.put(Role.VARIANCE, call.weight(4, "variance"));
    BatchNorm layer = new BatchNorm(call.attributes().number("epsilon", 1e-5f));
    if (x.shape().rank() == 1) {
      Value row = call.reshape(x, x.shape().dim(0), 1);
      return List.of(
          call.reshape(call.apply(layer, Weights.of(weights), x.type(), row), x.shape()));
    }
    return List.of(call.apply(layer, Weights.of(weights), x.type(), x));
  }

  private static Value instance(Call call) {
    Value x = call.input();
    int channels = requireChannels(call, x);
    return normalized(call, channels, call.weight(1, "scale"), call.weight(2, "bias"));
  }

  /** Scale and bias are one a group before opset 21, one a channel since. */
  private static Value group(Call call) {
    int channels = requireChannels(call, call.input());
    long groups = call.attributes().integer("num_groups", 0);
    if (groups < 1 || channels % groups != 0) {
      throw call.invalid(
          "attribute num_groups is " + groups + ", must divide the " + channels + " channels");
    }
    Tensor scale = call.weight(1, "scale");
    Tensor bias = call.weight(2, "bias");
    boolean aGroup = call.opset() < 21;
    return normalized(
        call,
        (int) groups,
        aGroup ? repeated(call, scale, (int) groups, channels) : scale,
        aGroup ? repeated(call, bias, (int) groups, channels) : bias);
  }

  private static Tensor repeated(Call call, Tensor values, int groups, int channels) {
    if (values.shape().elements() != groups) {
      throw call.invalid("it has " + groups + " groups, and weights of shape " + values.shape());
    }
    Tensor all = call.zeros(channels);
    for (int c = 0; c < channels; c++) {
      all.set(c, values.get(c / (channels / groups)));
    }
    return all;
  }

  private static Value normalized(Call call, int groups, Tensor scale, Tensor shift) {
    Value x = call.input();
    return call.apply(
        new GroupNorm(groups, call.attributes().number("epsilon", 1e-5f)),
        Weights.of(Map.of(Role.SCALE, scale, Role.SHIFT, shift)),
        x.type(),
        x);
  }

  private static int requireChannels(Call call, Value x) {
    if (x.shape().rank() < 3) {
      throw call.invalid("its input has shape " + x.shape() + ", must have spatial dimensions");
    }
    return x.shape().dim(1);
  }

  private static Value localResponse(Call call) {
    Value x = call.input();
    Shape in = x.shape();
    if (in.rank() < 3) {
      throw call.invalid("its input has shape " + in + ", must have spatial dimensions");
    }
    long size = call.attributes().integer("size", 0);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw call.invalid("attribute size is " + size + ", must be at least 1");
    }
    LocalResponseNorm layer =
        new LocalResponseNorm(
            (int) size,
            call.attributes().number("alpha", 0.0001f),
            call.attributes().number("beta", 0.75f),
            call.attributes().number("bias", 1));
    int pixels = Math.toIntExact(in.elements(3, in.rank()));
    Value planes = call.reshape(x, in.dim(0), in.dim(1), in.dim(2), pixels);
    return call.reshape(call.apply(layer, in.rank() == 4 ? x : planes), in);
  }
}
