// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Layer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
        cases.stream()
            .flatMap(source -> source.network().nodes().stream())
            .map(node -> node.layer().getClass().getName())
            .collect(Collectors.toSet());
    Set<String> wanted =
        List.of(Layer.class.getPermittedSubclasses()).stream()
            .map(Class::getName)
            .collect(Collectors.toSet());
    assertEquals(wanted, covered);
  }
}
