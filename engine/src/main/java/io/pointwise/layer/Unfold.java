// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * All windows along an axis: the axis becomes two, windows and the taps in a window.
 *
 * @param axis from 0
 * @param taps in a window
 * @param stride elements between the starts of two windows
 * @param dilation elements between two taps; 1 means none
 */
public record Unfold(int axis, int taps, int stride, int dilation) implements StridedLayer {
  public Unfold {
    Check.atLeast("unfold axis", axis, 0);
    Check.atLeast("unfold taps", taps, 1);
    Check.atLeast("unfold stride", stride, 1);
    Check.atLeast("unfold dilation", dilation, 1);
  }

  @Override
  public String kind() {
    return "unfold";
  }

  @Override
  public StridedMap map(Shape input) {
    Check.axis(this, axis, input);
    long extent = (long) dilation * (taps - 1) + 1;
    if (extent > input.dim(axis)) {
      throw new InvalidSpecException(
          "unfold: a window of " + extent + " is larger than axis " + axis + " of shape " + input);
    }
    long[] rowMajor = StridedMap.rowMajor(input);
    List<Integer> counts = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    for (int i = 0; i < input.rank(); i++) {
      counts.add(i == axis ? (int) ((input.dim(i) - extent) / stride + 1) : input.dim(i));
      steps.add(i == axis ? stride * rowMajor[i] : rowMajor[i]);
      if (i == axis) {
        counts.add(taps);
        steps.add(dilation * rowMajor[i]);
      }
    }
    Shape output = Check.shape(counts.stream().mapToInt(Integer::intValue).toArray());
    return new StridedMap(output, 0, counts, steps);
  }
}
