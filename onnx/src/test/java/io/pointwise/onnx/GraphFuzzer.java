// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

/** Entry point for the fuzzer: models that are made of known operators. */
public final class GraphFuzzer {
  private GraphFuzzer() {}

  public static void fuzzerInitialize() {
    LoadingOracle.warmUp();
  }

  public static void fuzzerTestOneInput(byte[] data) {
    LoadingOracle.model(GraphMaker.of(data).bytes());
  }
}
