// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.contestant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import io.pointwise.cli.bench.LayerSpecParser;
import io.pointwise.cli.bench.Verification;
import io.pointwise.peers.subject.LayerCase;
import io.pointwise.peers.timing.Quiet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ic=24,ih=9,iw=7,oc=16,k=1",
        "n=3,ic=8,ih=9,iw=12,oc=16,k=3",
        "ic=6,ih=15,oc=4,kh=5,kw=3,strideH=2,strideW=3",
        "ic=8,ih=12,oc=8,k=3,dilation=2,groups=4",
        "ic=16,ih=8,oc=16,k=3,groups=ic,stride=2",
        "ic=5,ih=6,oc=7,k=3,pad=0,bias=false"
      })
  void computesTheLayerThatTheReferenceComputes(String text) {
    LayerCase layer = layer(text);
    try (Contestant torch = new PyTorch(layer, 2)) {
      torch.run();
      torch.run();
      Verification verification =
          Verification.of(List.of(torch.output()), List.of(layer.expected(Map.of())));
      assertTrue(verification.ok(), String.valueOf(verification.detail()));
    }
  }

  @Test
  void runsWithTheThreadsThatWereAskedFor() {
    for (int threads : List.of(2, 1)) {
      try (Contestant torch = new PyTorch(layer("ic=4,ih=4,oc=4,k=1"), threads)) {
        torch.run();
        assertEquals(threads, JniUtils.getNumThreads());
      }
    }
  }

  @Test
  void refusesPadsThatDiffer() {
    LayerCase layer = layer("ic=4,ih=8,oc=4,k=2");

    assertFalse(PyTorch.computes(layer.spec()));
    assertThrows(IllegalArgumentException.class, () -> new PyTorch(layer, 1));
  }

  @Test
  void theBridgeIsOfTheVersionThatTheBuildNames() {
    assertTrue(PyTorch.version().startsWith("2.7.1"), PyTorch.version());
  }

  /** Its threads look for more work after a call, which must be over before others are timed. */
  @Test
  void becomesQuietAfterACall() {
    try (Contestant torch = new PyTorch(layer("ic=64,ih=56,oc=64,k=3"), 2)) {
      torch.run();
      boolean quiet = false;
      // More than one try, as the JVM compiles this test meanwhile.
      for (int attempt = 0; attempt < 10 && !quiet; attempt++) {
        quiet = Quiet.ofProcess().await();
      }
      assertTrue(quiet);
    }
  }

  private static LayerCase layer(String text) {
    return LayerCase.of(LayerSpecParser.parse(text), 5);
  }
}
