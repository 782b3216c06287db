// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Add;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.InvalidSpecException;
import io.pointwise.layer.Linear;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What cannot be is refused while the network is built, in words that name the thing, the value and
 * the limit.
 */
final class InvalidSpecTest {
  static Stream<Arguments> impossibilities() {
    return Stream.of(
        impossible("kh=7", b -> b.conv(4, Window.square(7))),
        impossible("spans 7", b -> b.conv(4, Window.square(3).dilation(3))),
        impossible("groups=3", b -> b.layer(new Conv2d(6, Window.square(1), 3, true))),
        impossible("groups=4", b -> b.layer(new Conv2d(6, Window.square(1), 4, true))),
        impossible("oc=0", b -> b.pointwise(0)),
        impossible("strideH=0", b -> b.conv(4, Window.square(1).stride(0))),
        impossible("padTop=-1", b -> b.conv(4, Window.square(1).pad(-1))),
        impossible("dilationH=0", b -> b.conv(4, Window.square(1).dilation(0))),
        impossible("padTop=2", b -> b.layer(new MaxPool2d(Window.square(2).pad(2)))),
        impossible("padLeft=3", b -> b.layer(new AvgPool2d(Window.square(3).pad(0, 3, 0, 0)))),
        impossible(
            "output height 0", b -> b.layer(new ConvTranspose2d(4, Window.square(1).pad(3)))),
        impossible("rank 2", b -> b.layer(new Linear(4, true))),
        impossible("rank 4", b -> b.flatten().pointwise(4)),
        impossible("axis 4", b -> b.layer(new Softmax(4))),
        impossible("axis 5", b -> b.layer(new Flatten(5))),
        impossible("240 elements", b -> b.layer(new Reshape(7, -1))),
        impossible("more than one -1", b -> b.layer(new Reshape(-1, -1))),
        impossible("size=0", b -> b.localResponseNorm(0, 1, 1, 1)),
        impossible("k=0", b -> b.layer(new LocalResponseNorm(3, 1, 1, 0))),
        impossible("epsilon=-1", b -> b.layer(new BatchNorm(-1))),
        impossible(
            "do not broadcast",
            b ->
                b.conv("conv", 7, Window.square(1))
                    .layer("sum", new Add(), List.of("image", "conv"))),
        impossible(
            "differ elsewhere",
            b ->
                b.maxPool(Window.square(2))
                    .layer("joined", new Concat(1), List.of("image", b.current()))),
        impossible("takes 2 inputs, got 1", b -> b.layer("sum", new Add(), List.of("image"))),
        impossible("nowhere", b -> b.layer("sum", new Add(), List.of("image", "nowhere"))),
        impossible("two layers", b -> b.input("image", Shape.of(1))),
        impossible(
            "2147483647", b -> b.conv(Integer.MAX_VALUE, Window.square(1).pad(Integer.MAX_VALUE))),
        impossible(
            "needs weights",
            b ->
                b.layer("conv", Conv2d.pointwise(4), Weights.of(Tensor.zeros(Shape.of(1))))
                    .build(1)));
  }

  private static Arguments impossible(String words, Consumer<NetworkBuilder> layers) {
    return Arguments.of(words, layers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossibilities")
  void isRefusedByName(String words, Consumer<NetworkBuilder> layers) {
    NetworkBuilder builder = Network.builder("net").input("image", Shape.of(1, 8, 6, 5));
    InvalidSpecException refusal =
        assertThrows(InvalidSpecException.class, () -> layers.accept(builder));
    assertTrue(String.valueOf(refusal.getMessage()).contains(words), refusal::getMessage);
  }
}
