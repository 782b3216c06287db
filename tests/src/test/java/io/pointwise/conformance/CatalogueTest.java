// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Layer;
import io.pointwise.network.Node;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue covers every layer, and its names tell cases apart. */
final class CatalogueTest {
  private final List<ConformanceCase> cases =
      Catalogue.families().stream().flatMap(family -> family.cases().stream()).toList();

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    cases.forEach(source -> assertTrue(names.add(source.name()), source::name));
  }

  @Test
  void everyLayerIsThere() {
    Set<String> covered =
        layers().map(layer -> layer.getClass().getName()).collect(Collectors.toSet());
    assertEquals(records(Layer.class).collect(Collectors.toSet()), covered);
  }

  @Test
  void everyActivationFunctionIsThere() {
    Set<String> covered =
        layers()
            .filter(Activation.class::isInstance)
            .map(layer -> ((Activation) layer).function().getClass().getName())
            .collect(Collectors.toSet());
    assertEquals(records(ActivationFunction.class).collect(Collectors.toSet()), covered);
  }

  private Stream<Layer> layers() {
    return cases.stream().flatMap(source -> source.network().nodes().stream()).map(Node::layer);
  }

  /** Names of the records that a sealed type permits, those of sealed types among them too. */
  private static Stream<String> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(CatalogueTest::records)
        : Stream.of(type.getName());
  }
}
