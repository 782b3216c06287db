// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Precision;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Sum or product of two inputs, broadcast to each other.
 *
 * <p>Error of {@code a + b}: {@code e_a + e_b} and one rounding of the sum, see {@link
 * Rounding#ofOne}. Where a is the output of a convolution of K products, b may have been its
 * residual: a number in a sum of K + 2, hence {@code γ_{K+2}·(|b| + e_b)} more; the convolution's
 * own terms have these roundings already ({@link SumError}). The same with a and b exchanged.
 *
 * <p>Error of {@code a·b}: {@code |a|e_b + |b|e_a + e_a·e_b} and one rounding.
 */
final class Arithmetic implements ScalarOperation {
  /** What is done with two elements. */
  enum Kind {
    ADD,
    MULTIPLY
  }

  private final Kind kind;
  private final double gammaA;
  private final double gammaB;
  private final Workers workers;

  Arithmetic(Kind kind, Allowance allowance, Workers workers) {
    this.kind = kind;
    // The addend of one operand's sum rounds as often as that sum has numbers.
    this.gammaA = addendGamma(allowance.terms().getLast(), allowance.precision());
    this.gammaB = addendGamma(allowance.terms().getFirst(), allowance.precision());
    this.workers = workers;
  }

  private static double addendGamma(long terms, Precision precision) {
    return terms == 0 ? 0 : Rounding.ofAdditions(terms + 2, precision);
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field a = inputs.getFirst();
    Field b = inputs.getLast();
    Shape shape = output.shape();
    Stretch stretchA = new Stretch(a.shape(), shape);
    Stretch stretchB = new Stretch(b.shape(), shape);
    Tasks.overElements(
        workers,
        shape.elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            long ia = stretchA.source(i);
            long ib = stretchB.source(i);
            switch (kind) {
              case ADD -> add(a.value(ia), a.error(ia), b.value(ib), b.error(ib), output, i);
              case MULTIPLY ->
                  multiply(a.value(ia), a.error(ia), b.value(ib), b.error(ib), output, i);
            }
          }
        });
  }

  private void add(double a, double errorA, double b, double errorB, Field output, long i) {
    double incoming = errorA + errorB;
    double asAddend = gammaA * (Math.abs(a) + errorA) + gammaB * (Math.abs(b) + errorB);
    double before = incoming + asAddend;
    output.set(i, a + b, before + Rounding.ofOne(a + b, before));
  }

  private static void multiply(
      double a, double errorA, double b, double errorB, Field output, long i) {
    double incoming = Math.abs(a) * errorB + Math.abs(b) * errorA + errorA * errorB;
    output.set(i, a * b, incoming + Rounding.ofOne(a * b, incoming));
  }
}
