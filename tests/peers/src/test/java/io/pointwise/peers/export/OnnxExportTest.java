// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OnnxExportTest {
  @Test
  void theSameNetworkGivesTheSameBytes() {
    assertTrue(
        Arrays.equals(
            OnnxExport.model(image().pointwise(4).relu().build(1)),
            OnnxExport.model(image().pointwise(4).relu().build(1))));
  }

  @Test
  void refusesALayerThatItDoesNotKnowByName() {
    Network network = image().pointwise("scores", 3).mul("scores").build(1);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> OnnxExport.model(network));

    assertEquals("layer mul-1 is not written to ONNX here: mul", refused.getMessage());
  }

  @Test
  void refusesAPoolingThatTheOldOperatorUnderstandsOtherwise() {
    MaxPool2d pool = new MaxPool2d(Window.square(2).stride(2).pad(0, 0, 1, 1), true);
    Network network = image().layer("pool", pool).build(1);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> OnnxExport.model(network));

    assertEquals(
        "layer pool is not written to ONNX here: ceil mode with a window behind the input",
        refused.getMessage());
  }

  private static NetworkBuilder image() {
    return Network.builder("net").input("image", Shape.of(1, 3, 4, 4));
  }
}
