// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds a batch norm into the linear layer before it: with {@code f = scale / √(variance +
 * epsilon)}, filters become {@code w · f} and the bias {@code (b − mean) · f + shift}. Computed in
 * double precision and rounded once.
 */
final class BatchNormFolding {
  private BatchNormFolding() {}

  /**
   * The layer with a bias to fold into, or null if a batch norm cannot be folded into this layer.
   */
  static @Nullable Layer foldable(Layer layer) {
    return switch (layer) {
      case Conv2d c -> new Conv2d(c.oc(), c.window(), c.groups(), true);
      case ConvTranspose2d c ->
          new ConvTranspose2d(c.oc(), c.window(), c.outputPadH(), c.outputPadW(), c.groups(), true);
      case Linear l -> new Linear(l.out(), true);
      default -> null;
    };
  }

  /** Folded weights, computed when first read. */
  static Weights fold(
      Layer folded, Weights layerWeights, BatchNorm norm, Weights normWeights, Shape normalized) {
    Map<Role, Shape> shapes = new EnumMap<>(Role.class);
    shapes.putAll(layerWeights.shapes());
    shapes.put(Role.BIAS, Shape.of(normalized.dim(1)));
    return Weights.derived(
        shapes,
        arena ->
            compute(folded, layerWeights.within(arena), norm, normWeights.within(arena), arena));
  }

  private static Map<Role, Tensor> compute(
      Layer folded, Weights layerWeights, BatchNorm norm, Weights normWeights, Arena arena) {
    Tensor scale = normWeights.get(Role.SCALE);
    int channels = Math.toIntExact(scale.shape().elements());
    double[] factor = new double[channels];
    Tensor bias = Tensor.zeros(Shape.of(channels), arena);
    for (int c = 0; c < channels; c++) {
      factor[c] =
          scale.get(c) / Math.sqrt((double) normWeights.get(Role.VARIANCE).get(c) + norm.epsilon());
      double before = layerWeights.has(Role.BIAS) ? layerWeights.get(Role.BIAS).get(c) : 0;
      double centred = before - normWeights.get(Role.MEAN).get(c);
      bias.set(c, (float) (centred * factor[c] + normWeights.get(Role.SHIFT).get(c)));
    }
    Tensor weight = layerWeights.get(Role.WEIGHT);
    Tensor scaled = Tensor.zeros(weight.shape(), arena);
    for (long i = 0; i < weight.shape().elements(); i++) {
      scaled.set(i, (float) (weight.get(i) * factor[outputChannel(folded, weight.shape(), i)]));
    }
    return Map.of(Role.WEIGHT, scaled, Role.BIAS, bias);
  }

  /**
   * The output channel of weight {@code i}: the outermost dimension, but for transposed
   * convolutions.
   */
  private static int outputChannel(Layer layer, Shape weight, long i) {
    if (layer instanceof ConvTranspose2d transposed) {
      int ic = weight.dim(0);
      int perGroup = weight.dim(1);
      long taps = weight.elements(2, 4);
      long input = i / (perGroup * taps);
      long group = input / (ic / transposed.groups());
      return Math.toIntExact(group * perGroup + i / taps % perGroup);
    }
    return Math.toIntExact(i / weight.elements(1, weight.rank()));
  }
}
