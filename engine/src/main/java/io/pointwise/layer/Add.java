// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/** Elementwise sum of two inputs, broadcast to each other as {@link Broadcast} says. */
public record Add() implements Layer {
  @Override
  public String kind() {
    return "add";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 2, 2);
    return Broadcast.of("add", inputs.getFirst(), inputs.getLast());
  }
}
