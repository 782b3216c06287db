// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.lowering.Draft.Entry;
import io.pointwise.onnx.lowering.Value.Computed;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sum or product with one known number a channel behind a convolution: the bias or scale that
 * many exporters write as a node of its own. It becomes a batch norm, and planning folds that into
 * the weights.
 */
final class ChannelAffine {
  private ChannelAffine() {}

  /** The result, or null where the operands are not of that form. */
  static @Nullable Value fold(Call call, Layer layer, Value a, Value b) {
    boolean subtracts = layer instanceof Elementwise;
    if (a instanceof Computed computed && b instanceof Known known) {
      return fold(call, layer, computed, known);
    }
    if (!subtracts && a instanceof Known known && b instanceof Computed computed) {
      return fold(call, layer, computed, known);
    }
    return null;
  }

  private static @Nullable Value fold(Call call, Layer layer, Computed x, Known numbers) {
    if (x.type() != ElementType.FLOAT || numbers.type() != ElementType.FLOAT) {
      return null;
    }
    Entry producer = call.draft().producer(x);
    if (producer == null) {
      return null;
    }
    Shape shape = x.shape();
    if (isConvolution(producer.layer()) && isOneAChannel(shape, numbers.shape(), 1)) {
      return normalized(call, layer, x, numbers);
    }
    // A matrix product is a 1×1 convolution of one pixel a row, seen as a matrix again.
    Entry source = call.draft().producer(producer);
    if (producer.layer() instanceof Reshape
        && source != null
        && isConvolution(source.layer())
        && source.shape().elements(2, 4) == 1
        && shape.rank() > 1
        && source.shape().dim(1) == shape.dim(-1)
        && isOneAChannel(shape, numbers.shape(), shape.rank() - 1)) {
      Computed rows = new Computed(source.name(), source.shape(), x.type());
      return call.reshape(normalized(call, layer, rows, numbers), shape);
    }
    return null;
  }

  private static boolean isConvolution(Layer layer) {
    return layer instanceof Conv2d
        || layer instanceof ConvTranspose2d
        || layer instanceof BatchNorm;
  }

  /** Whether the numbers, broadcast, differ along this axis only. */
  private static boolean isOneAChannel(Shape shape, Shape numbers, int axis) {
    if (numbers.rank() > shape.rank()) {
      return false;
    }
    for (int i = 1; i <= numbers.rank(); i++) {
      boolean channels = shape.rank() - i == axis && numbers.dim(-i) == shape.dim(axis);
      if (numbers.dim(-i) != 1 && !channels) {
        return false;
      }
    }
    return true;
  }

  private static Value normalized(Call call, Layer layer, Computed x, Known numbers) {
    int channels = x.shape().dim(1);
    Tensor given = numbers.tensor().toTensor();
    float sign = layer instanceof Elementwise ? -1 : 1;
    Tensor scale = call.zeros(channels);
    Tensor shift = call.zeros(channels);
    for (int c = 0; c < channels; c++) {
      float number = given.get(given.shape().elements() == 1 ? 0 : c);
      scale.set(c, layer instanceof Mul ? number : 1);
      shift.set(c, layer instanceof Mul ? 0 : sign * number);
    }
    Map<Role, Tensor> weights = new EnumMap<>(Role.class);
    weights.put(Role.SCALE, scale);
    weights.put(Role.SHIFT, shift);
    weights.put(Role.MEAN, call.zeros(channels));
    weights.put(Role.VARIANCE, ones(call, channels));
    return call.apply(new BatchNorm(0), Weights.of(weights), x.type(), x);
  }

  private static Tensor ones(Call call, int count) {
    Tensor tensor = call.zeros(count);
    for (int i = 0; i < count; i++) {
      tensor.set(i, 1);
    }
    return tensor;
  }
}
