// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Seeded weights after He et al., "Delving Deep into Rectifiers" (2015): filters normal with
 * variance {@code 2 / fan-in}, where fan-in is the terms of the sum behind one output; biases,
 * shifts, means and constants 0; scales and variances 1; slopes 0.25. The same seed and layer name
 * give the same weights, whatever else the network holds.
 */
final class HeInitializer {
  private static final float PRELU_SLOPE = 0.25f;

  private final long seed;

  HeInitializer(long seed) {
    this.seed = seed;
  }

  Weights initialize(String name, Layer layer, Map<Role, Shape> shapes) {
    return shapes.isEmpty()
        ? Weights.none()
        : Weights.derived(shapes, arena -> make(name, layer, shapes, arena));
  }

  private Map<Role, Tensor> make(String name, Layer layer, Map<Role, Shape> shapes, Arena arena) {
    Map<Role, Tensor> tensors = new EnumMap<>(Role.class);
    shapes.forEach((role, shape) -> tensors.put(role, tensor(name, layer, role, shape, arena)));
    return tensors;
  }

  private Tensor tensor(String name, Layer layer, Role role, Shape shape, Arena arena) {
    return switch (role) {
      case WEIGHT -> normal(name, shape, fanIn(layer, shape), arena);
      case BIAS, SHIFT, MEAN, VALUE -> Tensor.zeros(shape, arena);
      case SCALE, VARIANCE -> constant(shape, 1, arena);
      case SLOPE -> constant(shape, PRELU_SLOPE, arena);
    };
  }

  private static double fanIn(Layer layer, Shape weight) {
    if (layer instanceof ConvTranspose2d transposed) {
      // [ic, oc/groups, kh, kw]; of the taps one in strideH·strideW falls on a given output.
      int icPerGroup = weight.dim(0) / transposed.groups();
      Window window = transposed.window();
      double strides = (double) window.strideH() * window.strideW();
      return Math.max(1, icPerGroup * window.taps() / strides);
    }
    return Math.max(1, weight.elements(1, weight.rank()));
  }

  private Tensor normal(String name, Shape shape, double fanIn, Arena arena) {
    // The seed is scrambled first: added as it is, it would only shift one name's hash to
    // another's.
    long scrambled = new SplittableRandom(seed).nextLong();
    SplittableRandom random = new SplittableRandom(scrambled + name.hashCode());
    double deviation = Math.sqrt(2.0 / fanIn);
    Tensor tensor = Tensor.zeros(shape, arena);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, (float) (random.nextGaussian() * deviation));
    }
    return tensor;
  }

  private static Tensor constant(Shape shape, float value, Arena arena) {
    Tensor tensor = Tensor.zeros(shape, arena);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, value);
    }
    return tensor;
  }
}
