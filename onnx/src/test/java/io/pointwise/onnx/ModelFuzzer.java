// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

/** Entry point for the fuzzer: model files. */
public final class ModelFuzzer {
  private ModelFuzzer() {}

  public static void fuzzerInitialize() {
    LoadingOracle.warmUp();
  }

  public static void fuzzerTestOneInput(byte[] data) {
    LoadingOracle.model(data);
  }
}
