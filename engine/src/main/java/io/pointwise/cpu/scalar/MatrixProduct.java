// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Linear layer: {@code y = x · Wᵀ + b}; error as in {@link SumError}. A task is some outputs of one
 * row.
 */
final class MatrixProduct implements ScalarOperation {
  private static final int FEATURES = 16;

  private final int in;
  private final int out;
  private final Field weight;
  private final @Nullable Field bias;
  private final SumError sumError;
  private final Workers workers;

  MatrixProduct(
      Shape input,
      int out,
      Field weight,
      @Nullable Field bias,
      Allowance allowance,
      Workers workers) {
    this.in = input.dim(1);
    this.out = out;
    this.weight = weight;
    this.bias = bias;
    this.sumError = new SumError(in, allowance);
    this.workers = workers;
  }

  @Override
  public long terms() {
    return in;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    int blocks = Math.ceilDiv(out, FEATURES);
    workers.run(
        Math.multiplyExact(input.shape().dim(0), blocks),
        task -> {
          long row = task / blocks;
          int first = task % blocks * FEATURES;
          double[] x = new double[in];
          double[] spread = new double[output.tracked() ? in : 0];
          input.read(row * in, in, x, 0);
          input.readSpread(row * in, spread.length, sumError.gamma(), spread, 0);
          for (int o = first; o < Math.min(first + FEATURES, out); o++) {
            output.set(row * out + o, value(x, o), error(spread, o));
          }
        });
  }

  private double value(double[] x, int o) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * weight.value((long) o * in + i);
    }
    return sum + bias(o);
  }

  private double error(double[] spread, int o) {
    double sum = 0;
    for (int i = 0; i < spread.length; i++) {
      sum += spread[i] * Math.abs(weight.value((long) o * in + i));
    }
    return sumError.of(sum, bias(o));
  }

  private double bias(int o) {
    return bias == null ? 0 : bias.value(o);
  }
}
