// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.reference.Expected;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The suite finds what is wrong: in every case nearly all elements have a bound that says much. */
final class CatalogueBoundsTest {
  private static final double NARROW = 0.1;
  private static final double MOST = 0.95;

  @TestFactory
  Stream<DynamicTest> boundsAreNarrow() {
    return Catalogue.families().stream()
        .flatMap(family -> family.cases().stream())
        .map(source -> DynamicTest.dynamicTest(source.name(), () -> requireNarrow(source)));
  }

  private static void requireNarrow(ConformanceCase source) {
    Sample sample = Sample.of(source, Data.REAL, Repeat.seed(source.name(), Data.REAL));
    for (Expected expected : sample.expected()) {
      long elements = expected.shape().elements();
      long narrow = 0;
      for (long i = 0; i < elements; i++) {
        double value = expected.value(i);
        boolean special = !Double.isFinite(value);
        narrow += special || expected.bound(i) <= NARROW * (1 + Math.abs(value)) ? 1 : 0;
      }
      long found = narrow;
      assertTrue(found >= MOST * elements, () -> source.name() + ": " + found + " of " + elements);
    }
  }
}
