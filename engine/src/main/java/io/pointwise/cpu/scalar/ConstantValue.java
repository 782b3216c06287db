// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import java.util.List;

/** A constant: its value, without error. */
final class ConstantValue implements ScalarOperation {
  private final Field constant;
  private final Workers workers;

  ConstantValue(Field constant, Workers workers) {
    this.constant = constant;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    new Copying(workers).run(List.of(constant), output);
  }
}
