// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.bench.Workload;
import io.pointwise.layer.ConvSpec;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherLayersTest {
  @Test
  void theSeedDecides() {
    assertEquals(OtherLayers.of(1), OtherLayers.of(1));
    assertNotEquals(OtherLayers.of(1), OtherLayers.of(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 42, -5})
  void everyKindHasEveryTwist(long seed) {
    List<ConvSpec> specs = OtherLayers.of(seed).stream().map(Workload::first).toList();

    assertEquals(16, specs.size());
    assertEquals(4, count(specs, spec -> spec.n() == 8));
    assertEquals(4, count(specs, spec -> spec.window().strideH() == 2));
    assertTrue(count(specs, spec -> spec.ic() <= 12 && spec.oc() <= 12) >= 4);
    assertTrue(count(specs, spec -> spec.ih() % 2 == 1 && spec.ic() % 2 == 1) >= 4);
    assertEquals(4, count(specs, spec -> spec.kh() == 1));
    assertEquals(4, count(specs, ConvSpec::isDepthwise));
    assertTrue(specs.stream().allMatch(spec -> spec.macs() <= 300_000_000));
  }

  private static long count(List<ConvSpec> specs, Predicate<ConvSpec> which) {
    return specs.stream().filter(which).count();
  }
}
