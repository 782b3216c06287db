// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tiers;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Resampling;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.Plan;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** A network with every kernel that sums or takes exponentials; as a program, prints its bits. */
final class SameBitsNetwork implements AutoCloseable {
  private static final Shape IMAGE = Shape.of(2, 16, 13, 13);

  /** Height and width from 7 to 11, between the elements. */
  private static final Resize LARGER =
      new Resize(
          List.of(new Resize.Axis(2, 11, 11.0 / 7, 0, 0), new Resize.Axis(3, 11, 11.0 / 7, 0, 0)),
          new Resampling(
              Resampling.Mode.LINEAR,
              Resampling.Coordinates.HALF_PIXEL,
              Resampling.Rounding.FLOOR,
              0,
              false,
              false),
          0);

  private final Device cpu =
      Devices.installed().open(new DevicePolicy.Require("cpu"), DeviceOptions.DEFAULT).device();
  private final Plan plan = Planner.plan(network(), cpu);
  private final Tensor image = Tensor.zeros(IMAGE);

  SameBitsNetwork() {
    for (long i = 0; i < IMAGE.elements(); i++) {
      image.set(i, (float) Math.sin((double) i));
    }
  }

  public static void main(String[] arguments) {
    try (SameBitsNetwork network = new SameBitsNetwork()) {
      System.out.println(network.bits());
    }
  }

  private static Network network() {
    return Network.builder("same-bits")
        .input("image", IMAGE)
        .conv(24, Window.square(3).pad(1).stride(2))
        .layer(new Activation(new ActivationFunction.Elu(1)))
        .localResponseNorm(5, 1e-4f, 0.75f, 1)
        .depthwise(Window.square(3).pad(1))
        .layer(new Activation(new ActivationFunction.Tanh()))
        .avgPool(Window.square(3).stride(2))
        .layer(new ConvTranspose2d(7, Window.square(3).stride(2)))
        .sigmoid()
        .layer(new GroupNorm(7, 1e-5f))
        .layer("larger", LARGER)
        .layer("product", new MatMul(), List.of("larger", "larger"))
        .layer(new Reduce(Reduce.Function.MEAN, List.of(2), true))
        .globalAvgPool()
        .flatten()
        .linear(33)
        .softmax()
        .build(3);
  }

  /** Runs once; the outputs to the last bit. */
  String bits() {
    float[] values = plan.run(image).toArray();
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return Arrays.toString(bits);
  }

  @Override
  public void close() {
    try (cpu) {
      plan.close();
    }
  }
}
