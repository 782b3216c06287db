// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** That something is refused, and with what message. */
final class Refusal {
  private Refusal() {}

  /** Refused with a message that has all these parts. */
  static void refused(Executable loading, String... parts) {
    OnnxException e = assertThrows(OnnxException.class, loading);
    String message = String.valueOf(e.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "\"" + part + "\" is not in: " + message);
    }
  }

  /** The model is refused on loading with a message that has all these parts. */
  static void refused(TestModel model, String... parts) {
    refused(() -> model.open(), parts);
  }

  /** Refused as not supported, with the node and operator told. */
  static void unsupported(TestModel model, String node, String operator, String... parts) {
    UnsupportedOnnxException e = assertThrows(UnsupportedOnnxException.class, () -> model.open());
    assertEquals(node, e.node());
    assertEquals(operator, e.operator());
    for (String part : parts) {
      assertTrue(e.reason().contains(part), () -> "\"" + part + "\" is not in: " + e.reason());
    }
    assertTrue(
        String.valueOf(e.getMessage()).contains("node " + node + " (" + operator + ")"),
        e::getMessage);
  }
}
