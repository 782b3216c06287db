// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The same elements under another shape.
 *
 * @param dims the new dimensions; at most one is −1 and follows from the others, 0 keeps the
 *     input's dimension at that place
 * @param allowZero whether 0 is a dimension of no elements instead
 */
public record Reshape(List<Integer> dims, boolean allowZero) implements Layer {
  public Reshape {
    dims = List.copyOf(dims);
    if (dims.stream().filter(d -> d == -1).count() > 1) {
      throw new InvalidSpecException("reshape to " + dims + ": more than one -1");
    }
    for (int dim : dims) {
      Check.atLeast("reshape dimension", dim, -1);
    }
  }

  /** Where 0 keeps the input's dimension. */
  public Reshape(List<Integer> dims) {
    this(dims, false);
  }

  /** Where 0 keeps the input's dimension. */
  public Reshape(int... dims) {
    this(Arrays.stream(dims).boxed().toList(), false);
  }

  /** To just this shape. */
  public static Reshape to(Shape shape) {
    return new Reshape(Arrays.stream(shape.toArray()).boxed().toList(), true);
  }

  @Override
  public String kind() {
    return "reshape";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    int[] result = new int[dims.size()];
    long known = 1;
    for (int i = 0; i < result.length; i++) {
      int dim = dims.get(i);
      boolean keeps = dim == 0 && !allowZero;
      if (keeps && i >= input.rank()) {
        throw new InvalidSpecException(
            "reshape to " + dims + ": 0 at place " + i + " is outside shape " + input);
      }
      result[i] = keeps ? input.dim(i) : dim;
      known = Check.product("reshape to " + dims, known, result[i] == -1 ? 1 : result[i]);
    }
    int inferred = dims.indexOf(-1);
    if (inferred >= 0 && known != 0 && input.elements() / known <= Integer.MAX_VALUE) {
      result[inferred] = (int) (input.elements() / known);
      known *= result[inferred];
    }
    if (known != input.elements() || (inferred >= 0 && result[inferred] < 0)) {
      throw new InvalidSpecException(
          "reshape to " + dims + ": shape " + input + " has " + input.elements() + " elements");
    }
    return Check.shape(result);
  }
}
