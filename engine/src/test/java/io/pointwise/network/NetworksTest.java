// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Activation;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Role;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworksTest {
  static Stream<String> names() {
    return Networks.names().stream();
  }

  @Test
  void areListedInOrder() {
    assertEquals(
        List.of(
            "convnet-a",
            "convnet-b",
            "convnet-c",
            "nin",
            "googlenet",
            "squeezenet",
            "mobilenet",
            "resnet50",
            "resnet50-v1"),
        List.copyOf(Networks.names()));
    assertThrows(UnsupportedOperationException.class, () -> Networks.names().clear());
  }

  @Test
  void anUnknownNameIsToldAllThatThereAre() {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Networks.get("alexnet", 1))
                .getMessage());
    assertTrue(message.contains("alexnet"), message);
    for (String name : Networks.names()) {
      assertTrue(message.contains(name), message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "convnet-a, 1×1×28×28, 1×8×28×28",
    "convnet-b, 1×1×28×28, 1×10",
    "convnet-c, 1×1×28×28, 1×10",
    "nin, 1×3×32×32, 1×10",
    "googlenet, 1×3×224×224, 1×1000",
    "squeezenet, 1×3×224×224, 1×1000",
    "mobilenet, 1×3×224×224, 1×1000",
    "resnet50, 1×3×224×224, 1×1000",
    "resnet50-v1, 1×3×224×224, 1×1000"
  })
  void mapAnImageToItsClasses(String name, String input, String output) {
    Network network = Networks.get(name, 1);
    assertEquals(name, network.name());
    assertEquals(input, network.shape("image").toString());
    assertEquals(output, network.shape(network.outputs().getFirst()).toString());
  }

  @ParameterizedTest
  @MethodSource("names")
  void takeAnyBatch(String name) {
    Network one = Networks.get(name, 1);
    Network four = one.withBatch(4);
    String output = one.outputs().getFirst();
    assertEquals(one.shape(output).with(0, 4), four.shape(output));
    assertEquals(4 * one.cost().macs(), four.cost().macs());
    assertEquals(one.cost().parameters(), four.cost().parameters());
    for (Node node : one.nodes()) {
      assertSame(node.weights(), four.node(node.name()).weights());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void haveWeightsThatDependOnTheSeedAlone(String name) {
    Node first = firstConvolution(Networks.get(name, 1));
    float[] filters = first.weights().get(Role.WEIGHT).toArray();
    Node again = firstConvolution(Networks.get(name, 1));
    assertArrayEquals(filters, again.weights().get(Role.WEIGHT).toArray());
    Node other = firstConvolution(Networks.get(name, 2));
    assertFalse(Arrays.equals(filters, other.weights().get(Role.WEIGHT).toArray()));
  }

  private static Node firstConvolution(Network network) {
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof Conv2d)
        .findFirst()
        .orElseThrow();
  }

  /** B and C share their trunk and nothing after it. */
  @Test
  void haveWeightsThatDoNotDependOnOtherLayers() {
    Network classic = Networks.convNetB(5);
    Network modern = Networks.convNetC(5);
    for (String name : List.of("conv1", "conv2")) {
      assertArrayEquals(
          classic.node(name).weights().get(Role.WEIGHT).toArray(),
          modern.node(name).weights().get(Role.WEIGHT).toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void haveNoTwoLayersWhoseWeightsBeginAlike(String name) {
    // Equal hash codes of names would give equal streams of random numbers.
    Set<Integer> hashes = new HashSet<>();
    for (Node node : Networks.get(name, 1).nodes()) {
      assertTrue(hashes.add(node.name().hashCode()), node.name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "conv1/pool, 1×64×56×56",
    "conv2/pool, 1×192×28×28",
    "inception-3a/concat-1, 1×256×28×28",
    "inception-3b/concat-1, 1×480×28×28",
    "pool3, 1×480×14×14",
    "inception-4a/concat-1, 1×512×14×14",
    "inception-4b/concat-1, 1×512×14×14",
    "inception-4c/concat-1, 1×512×14×14",
    "inception-4d/concat-1, 1×528×14×14",
    "inception-4e/concat-1, 1×832×14×14",
    "pool4, 1×832×7×7",
    "inception-5a/concat-1, 1×832×7×7",
    "inception-5b/concat-1, 1×1024×7×7"
  })
  void googLeNetHasTheSizesOfThePapersTable1(String value, String shape) {
    assertEquals(shape, Networks.googLeNet(1).shape(value).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "pool1, 1×64×55×55",
    "pool3, 1×128×27×27",
    "pool5, 1×256×13×13",
    "fire9/concat-1, 1×512×13×13"
  })
  void squeezeNetHalvesThriceRoundingUp(String value, String shape) {
    assertEquals(shape, Networks.squeezeNet(1).shape(value).toString());
  }

  @Test
  void networkInNetworkEndsWithOneMapAClass() {
    Network nin = Networks.networkInNetwork(1);
    assertEquals(Shape.of(1, 96, 16, 16), nin.shape("pool1"));
    assertEquals(Shape.of(1, 192, 8, 8), nin.shape("pool2"));
    assertEquals(Shape.of(1, 10, 8, 8), nin.shape("mlpconv3/mlp2/relu"));
  }

  @Test
  void mobileNetHas13SeparableBlocksWithoutConvolutionBias() {
    List<Node> convolutions =
        Networks.mobileNet(1).nodes().stream()
            .filter(node -> node.layer() instanceof Conv2d)
            .toList();
    assertEquals(27, convolutions.size());
    for (Node node : convolutions) {
      assertEquals(Set.of(Role.WEIGHT), node.weights().roles(), node.name());
    }
    assertEquals(Shape.of(1, 512, 14, 14), Networks.mobileNet(1).shape("separable11/pointwise"));
    assertEquals(Shape.of(1, 1024, 7, 7), Networks.mobileNet(1).shape("separable13/pointwise"));
  }

  @ParameterizedTest
  @CsvSource({"resnet50, 1×128×56×56, 1×128×28×28", "resnet50-v1, 1×128×28×28, 1×128×28×28"})
  void resNet50HasItsStrideWhereTheVariantSays(String name, String reduced, String spatial) {
    Network network = Networks.get(name, 1);
    assertEquals(reduced, network.shape("conv3-1/1x1-reduce").toString());
    assertEquals(spatial, network.shape("conv3-1/3x3").toString());
    assertEquals("1×512×28×28", network.shape("conv3-1/shortcut/bn").toString());
    assertEquals("1×2048×7×7", network.shape("conv5-3/relu-3").toString());
  }

  @Test
  void resNet50Has53ConvolutionsAnd49Activations() {
    List<Node> nodes = Networks.resNet50(1).nodes();
    assertEquals(53, nodes.stream().filter(node -> node.layer() instanceof Conv2d).count());
    assertEquals(49, nodes.stream().filter(node -> node.layer() instanceof Activation).count());
  }
}
