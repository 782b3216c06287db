// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Emits sums {@code Σ coefficient · register} with few constant coefficients, which the transforms
 * of Winograd's formula are made of. Coefficients other than 0, 1 and −1 are kept in registers, by
 * their absolute value.
 */
final class Combination {
  private final Assembler assembler;
  private final VectorAssembler v;
  private final Map<Double, Vec> constants = new HashMap<>();

  /**
   * Loads the constants of a matrix.
   *
   * @param firstConstant the first of as many registers as there are different ones
   */
  Combination(Assembler assembler, double[][] matrix, int firstConstant) {
    this.assembler = assembler;
    this.v = assembler.vectors();
    for (double[] row : matrix) {
      for (double coefficient : row) {
        double size = Math.abs(coefficient);
        if (size != 0 && size != 1 && !constants.containsKey(size)) {
          load(size, Vec.of(firstConstant + constants.size()));
        }
      }
    }
  }

  private void load(double value, Vec register) {
    Constants.load(assembler, register, (float) value);
    constants.put(value, register);
  }

  private record Term(double coefficient, Vec register) {
    boolean isUnit() {
      return Math.abs(coefficient) == 1;
    }
  }

  /**
   * {@code target = Σ coefficients[i] · inputs[i]}.
   *
   * @param inputs null where the input is zero
   * @param target none of the inputs
   * @return false, and nothing emitted, if the sum is zero
   */
  boolean emit(double[] coefficients, List<@Nullable Vec> inputs, Vec target) {
    List<Term> terms = terms(coefficients, inputs);
    if (terms.isEmpty()) {
      return false;
    }
    begin(terms.getFirst(), target);
    for (Term term : terms.subList(1, terms.size())) {
      add(term, target);
    }
    return true;
  }

  /** The terms that count, those that need no multiplication and no sign first. */
  private static List<Term> terms(double[] coefficients, List<@Nullable Vec> inputs) {
    List<Term> first = new ArrayList<>();
    List<Term> rest = new ArrayList<>();
    for (int i = 0; i < coefficients.length; i++) {
      Vec input = inputs.get(i);
      if (coefficients[i] != 0 && input != null) {
        (coefficients[i] == 1 ? first : rest).add(new Term(coefficients[i], input));
      }
    }
    first.addAll(rest);
    return first;
  }

  private void begin(Term term, Vec target) {
    if (term.coefficient == 1) {
      v.move(target, term.register);
    } else {
      v.zero(target);
      add(term, target);
    }
  }

  private void add(Term term, Vec target) {
    boolean negative = term.coefficient < 0;
    if (term.isUnit()) {
      if (negative) {
        v.subtract(target, target, term.register);
      } else {
        v.add(target, target, term.register);
      }
      return;
    }
    Vec constant = constants.get(Math.abs(term.coefficient));
    if (constant == null) {
      throw new IllegalArgumentException("coefficient " + term.coefficient + " is in no register");
    }
    if (negative) {
      v.multiplySubtract(target, term.register, constant);
    } else {
      v.multiplyAdd(target, term.register, constant);
    }
  }
}
