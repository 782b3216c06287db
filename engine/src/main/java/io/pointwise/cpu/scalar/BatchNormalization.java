// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.Role;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * Batch normalisation: {@code a·(x − mean) + shift} with {@code a = scale / √(variance + epsilon)}.
 *
 * <p>Error. In float32 the factor a has at most {@code 1 + SQRT + DIVIDE + 1} roundings, and
 * whichever way the rest is written ({@code a·x + (shift − a·mean)} too) each term goes through at
 * most three more: {@link #ROUNDINGS} in all. Hence {@code |a|·e + γ_R(|a|(|x| + e) + |a·mean| +
 * |shift|)}.
 *
 * <p>Behind a convolution of K products a planner may fold all this into the weights: {@code ŵ =
 * a·w}, {@code b̂ = shift + a·(b − mean)}. What that does to the terms {@code a·w·x} is in the
 * convolution's own error ({@link SumError}, with R more roundings), which arrives here as e. But
 * mean and shift are then part of a sum of K + 2 numbers, and round as often: {@code γ_{R+K+2}} for
 * those two. Each further batch norm that is folded into the same weights adds R.
 */
final class BatchNormalization implements ScalarOperation {
  /** Roundings of one term of a batch norm, however it is written. */
  static final int ROUNDINGS = 1 + Rounding.SQRT + Rounding.DIVIDE + 1 + 3;

  private final Map<Role, Field> weights;
  private final double epsilon;
  private final double gamma;
  private final double constantGamma;
  private final double flushed;
  private final Workers workers;

  BatchNormalization(
      Map<Role, Field> weights, float epsilon, Allowance allowance, Workers workers) {
    this.weights = weights;
    this.epsilon = epsilon;
    long terms = allowance.terms().getFirst();
    int roundings = ROUNDINGS + allowance.foldRoundings();
    this.gamma = Rounding.gamma(roundings);
    this.constantGamma = Rounding.gamma(terms == 0 ? roundings : roundings + terms + 2);
    this.flushed = Rounding.flushed(4);
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Shape shape = input.shape();
    long inner = shape.elements(2, shape.rank());
    Tasks.overElements(
        workers,
        shape.elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            normalize(input, output, i, i / inner % shape.dim(1));
          }
        });
  }

  private void normalize(Field input, Field output, long i, long channel) {
    double a = weight(Role.SCALE, channel) / Math.sqrt(weight(Role.VARIANCE, channel) + epsilon);
    double mean = weight(Role.MEAN, channel);
    double shift = weight(Role.SHIFT, channel);
    double x = input.value(i);
    double e = input.error(i);
    double size = Math.abs(a) * (Math.abs(x) + e);
    double constants = Math.abs(a * mean) + Math.abs(shift);
    double error = Math.abs(a) * e + gamma * size + constantGamma * constants;
    output.set(i, a * (x - mean) + shift, error + flushed * (1 + Math.abs(a)));
  }

  private double weight(Role role, long channel) {
    Field field = weights.get(role);
    if (field == null) {
      throw new IllegalArgumentException("batch-norm: no weight tensor of role " + role);
    }
    return field.value(channel);
  }
}
