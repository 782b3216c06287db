// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.ConvSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuitesTest {
  private static List<ConvSpec> specs(String suite) {
    return Suites.get(suite).stream()
        .flatMap(group -> group.workloads().stream())
        .map(Workload::first)
        .toList();
  }

  @Test
  void theArticleStartsWithItsTwoLayers() {
    List<Workload> first = Suites.get("article").getFirst().workloads();
    assertEquals(16_416, first.get(0).cost().parameters());
    assertEquals(147_488, first.get(1).cost().parameters());
    assertEquals(9 * first.get(0).cost().macs(), first.get(1).cost().macs());
  }

  @Test
  void inceptionHasTheArticlesMultiplyAdds() {
    WorkloadGroup inception = Suites.get("article").get(3);
    assertEquals(160_563_200, inception.workloads().get(0).cost().macs());
    assertEquals(13_246_464, inception.workloads().get(1).cost().macs());
    assertTrue(inception.notes().getFirst().contains("multiply-adds"));
  }

  @Test
  void everyGroupOfTheArticleComparesEqualOutputs() {
    for (WorkloadGroup group : Suites.get("article")) {
      assertTrue(group.isComparison());
      for (Workload workload : group.workloads()) {
        assertEquals(
            group.workloads().getFirst().parts().getLast().output(),
            workload.parts().getLast().output());
      }
    }
  }

  @Test
  void theReferenceSuiteHasItsFifteenLayersInOrder() {
    List<String> names =
        Suites.get("reference").stream().map(group -> group.workloads().getFirst().name()).toList();
    assertEquals(
        List.of(
            "1×1 512→32 @12×12",
            "1×1 64→256 @56×56",
            "1×1 512→128 @28×28",
            "1×1 1024→256 @14×14",
            "1×1 2048→512 @7×7",
            "1×1 256→256 @28×28",
            "3×3 512→32 @12×12",
            "3×3 64→64 @56×56",
            "3×3 128→128 @28×28",
            "3×3 256→256 @14×14",
            "3×3 512→512 @7×7",
            "7×7 3→64 @224×224 s2",
            "5×5 16→32 @28×28",
            "5×5 256→32 @28×28",
            "3×3 depthwise 256 @28×28"),
        names);
    ConvSpec stem = specs("reference").get(11);
    assertEquals(112, stem.oh());
    assertEquals(3, stem.window().padTop());
    assertEquals(3, stem.window().padBottom());
  }

  @Test
  void networksGiveTheirDistinctConvolutions() {
    for (String suite : List.of("vgg16", "resnet50", "googlenet", "mobilenet")) {
      List<ConvSpec> specs = specs(suite);
      Set<ConvSpec> distinct = new HashSet<>(specs);
      assertFalse(specs.isEmpty());
      assertEquals(distinct.size(), specs.size(), suite);
    }
  }

  @Test
  void variantsKeepTheOutput() {
    ConvSpec base = LayerSpecParser.parse("n=2,ic=10,ih=13,iw=9,oc=6,k=3,stride=2").first();
    WorkloadGroup group =
        Variants.compare(base, List.of("1x1", "3x3", "5x5", "3x1", "bottleneck", "separable"));
    assertEquals(6, group.workloads().size());
    for (Workload workload : group.workloads()) {
      assertEquals(base.output(), workload.parts().getLast().output(), workload.name());
    }
    assertEquals(1, group.workloads().get(4).first().oc());
    assertTrue(group.workloads().get(5).first().isDepthwise());
  }
}
