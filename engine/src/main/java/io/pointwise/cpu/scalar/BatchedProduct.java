// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Precision;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Products of two stacks of matrices, the stacks broadcast to each other.
 *
 * <p>Error of a sum of k products: {@code Σ(|a|e_b + |b|e_a + e_a·e_b) + γ_k·Σ(|a| + e_a)(|b| +
 * e_b)}.
 */
final class BatchedProduct implements ScalarOperation {
  private final Precision precision;
  private final Workers workers;

  BatchedProduct(Precision precision, Workers workers) {
    this.precision = precision;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field a = inputs.getFirst();
    Field b = inputs.getLast();
    Shape shape = output.shape();
    int n = shape.dim(-1);
    int m = shape.dim(-2);
    int k = a.shape().dim(-1);
    // Strides of the stacks alone: a matrix counts as one element.
    Shape stack = shape.with(-1, 1).with(-2, 1);
    Stretch stretchA = new Stretch(a.shape().with(-1, 1).with(-2, 1), stack);
    Stretch stretchB = new Stretch(b.shape().with(-1, 1).with(-2, 1), stack);
    Tasks.overElements(
        workers,
        shape.elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            long matrix = i / n / m;
            long row = (stretchA.source(matrix) * m + i / n % m) * k;
            long column = stretchB.source(matrix) * k * n + i % n;
            element(a, row, b, column, n, k, output, i);
          }
        });
  }

  private void element(
      Field a, long row, Field b, long column, int step, int k, Field output, long at) {
    double sum = 0;
    double spread = 0;
    double magnitude = 0;
    for (int j = 0; j < k; j++) {
      long ia = row + j;
      long ib = column + (long) j * step;
      sum += a.value(ia) * b.value(ib);
      if (output.tracked()) {
        double sizeA = Math.abs(a.value(ia));
        double sizeB = Math.abs(b.value(ib));
        spread += sizeA * b.error(ib) + (sizeB + b.error(ib)) * a.error(ia);
        magnitude += (sizeA + a.error(ia)) * (sizeB + b.error(ib));
      }
    }
    output.set(
        at, sum, spread + Rounding.ofProducts(k, precision) * magnitude + Rounding.flushed(k));
  }
}
