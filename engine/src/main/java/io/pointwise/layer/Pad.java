// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Locale;

/**
 * Elements added before and after each axis.
 *
 * @param before how many along each axis
 * @param after how many along each axis
 * @param mode what they are
 * @param value of {@link Mode#CONSTANT}
 */
public record Pad(List<Integer> before, List<Integer> after, Mode mode, float value)
    implements Layer {
  /** What the added elements are; for an axis {@code a b c}, two added on each side. */
  public enum Mode {
    /** All the same value. */
    CONSTANT,
    /** {@code c b | a b c | b a}. */
    REFLECT,
    /** {@code a a | a b c | c c}. */
    EDGE,
    /** {@code b c | a b c | a b}. */
    WRAP
  }

  public Pad {
    before = List.copyOf(before);
    after = List.copyOf(after);
    if (before.size() != after.size()) {
      throw new InvalidSpecException(
          "pad: before " + before + " and after " + after + " differ in number");
    }
    before.forEach(each -> Check.atLeast("pad before", each, 0));
    after.forEach(each -> Check.atLeast("pad after", each, 0));
  }

  @Override
  public String kind() {
    return mode == Mode.CONSTANT ? "pad" : "pad-" + mode.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    Check.rank(this, input, before.size());
    int[] dims = input.toArray();
    for (int axis = 0; axis < dims.length; axis++) {
      long size = (long) dims[axis] + before.get(axis) + after.get(axis);
      int most = Math.max(before.get(axis), after.get(axis));
      if (most > 0 && mode != Mode.CONSTANT && dims[axis] == 0) {
        throw new InvalidSpecException(
            kind() + ": axis " + axis + " of shape " + input + " has nothing to add");
      }
      if (size > Integer.MAX_VALUE) {
        throw new InvalidSpecException(
            kind() + ": size " + size + " of axis " + axis + " is over " + Integer.MAX_VALUE);
      }
      dims[axis] = (int) size;
    }
    return Check.shape(dims);
  }

  /**
   * For each index of an axis of the output, the index of the input that it is; −1 where it is
   * {@link #value}. Reflections and copies go on as often as it takes.
   */
  public int[] sources(Shape input, int axis) {
    int size = input.dim(axis);
    int[] sources = new int[before.get(axis) + size + after.get(axis)];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = source(i - before.get(axis), size);
    }
    return sources;
  }

  private int source(int i, int size) {
    boolean inside = i >= 0 && i < size;
    return switch (mode) {
      case CONSTANT -> inside ? i : -1;
      case EDGE -> Math.clamp(i, 0, size - 1);
      case WRAP -> Math.floorMod(i, size);
      case REFLECT -> {
        int period = Math.max(1, 2 * (size - 1));
        int phase = Math.floorMod(i, period);
        yield size == 1 ? 0 : Math.min(phase, period - phase);
      }
    };
  }
}
