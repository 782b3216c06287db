// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Linear;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Shape;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Integer data is as large as it may be and no larger. */
final class ExactRangeTest {
  private static final double LIMIT = 1 << 24;

  private static OptionalInt amplitudeOfSum(int terms) {
    Linear linear = new Linear(1, false);
    return ExactRange.amplitude(ConformanceCase.of("sum", Shape.of(1, terms), linear).network());
  }

  @Test
  void longSumsHaveSmallerTerms() {
    assertEquals(OptionalInt.of(8), amplitudeOfSum(1000));
    assertEquals(OptionalInt.of(4), amplitudeOfSum(1_000_000));
    assertEquals(OptionalInt.of(1), amplitudeOfSum(10_000_000));
    assertEquals(OptionalInt.empty(), amplitudeOfSum(20_000_000));
  }

  @Test
  void exponentialsAreExactForNothing() {
    Activation sigmoid = new Activation(new ActivationFunction.Sigmoid());
    assertTrue(
        ExactRange.amplitude(ConformanceCase.of("s", Shape.of(3), sigmoid).network()).isEmpty());
  }

  @Test
  void slopesMustBeDyadic() {
    assertTrue(leaky(0.25f).isPresent());
    assertFalse(leaky(0.01f).isPresent());
  }

  private static OptionalInt leaky(float slope) {
    Activation layer = new Activation(new ActivationFunction.LeakyRelu(slope));
    return ExactRange.amplitude(ConformanceCase.of("l", Shape.of(3), layer).network());
  }

  @Test
  void theReferenceStaysInTheRangeInEveryCase() {
    Catalogue.families().stream()
        .flatMap(family -> family.cases().stream())
        .filter(source -> ExactRange.amplitude(source.network()).isPresent())
        .map(source -> Sample.of(source, Data.INTEGER, 1))
        .forEach(sample -> sample.expected().forEach(expected -> requireExact(sample, expected)));
  }

  private static void requireExact(Sample sample, Expected expected) {
    assertTrue(
        LongStream.range(0, expected.shape().elements())
            .mapToDouble(expected::value)
            .allMatch(value -> Math.abs(value) <= LIMIT && value == (float) value),
        sample::name);
  }
}
