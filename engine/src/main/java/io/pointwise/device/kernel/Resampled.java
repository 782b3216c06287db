// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.Step;
import io.pointwise.layer.AxisTaps;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Resize;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Padding and resizing: for each index of each axis, which elements of the input it is made of. */
public final class Resampled {
  private Resampled() {}

  public static void pad(Step step, Weights weights, StepOutline outline) {
    Pad pad = (Pad) step.operation();
    Shape input = step.input();
    Shape output = step.output();
    List<Long> sizes = new ArrayList<>();
    List<Long> sources = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      long inner = input.elements(axis + 1, input.rank());
      sizes.add((long) output.dim(axis));
      for (int source : pad.sources(input, axis)) {
        sources.add(source < 0 ? -1 : source * inner);
      }
    }
    sizes.addAll(sources);
    outline
        .launch("pad")
        .define("AXES", input.rank())
        .input(0)
        .output()
        .buffer(outline.table(sizes))
        .number(pad.value())
        .items(output.elements())
        .add();
  }

  public static void resize(Step step, Weights weights, StepOutline outline) {
    Resize resize = (Resize) step.operation();
    Shape input = step.input();
    Shape output = step.output();
    List<Long> sizes = new ArrayList<>();
    List<Long> taps = new ArrayList<>();
    List<Long> sources = new ArrayList<>();
    List<Double> factors = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      long inner = input.elements(axis + 1, input.rank());
      AxisTaps of = taps(resize, input, axis);
      sizes.add((long) output.dim(axis));
      for (int i = 0; i < output.dim(axis); i++) {
        taps.add((long) factors.size());
        taps.add(of.outside()[i] ? -1L : of.sources()[i].length);
        for (int k = 0; k < of.sources()[i].length; k++) {
          sources.add(of.sources()[i][k] * inner);
          factors.add(of.weights()[i][k]);
        }
      }
    }
    sizes.addAll(taps);
    outline
        .launch("resize")
        .define("AXES", input.rank())
        .input(0)
        .output()
        .buffer(outline.table(sizes))
        .buffer(outline.table(sources))
        .buffer(floats(factors, outline))
        .number(resize.outside())
        .items(output.elements())
        .add();
  }

  private static AxisTaps taps(Resize layer, Shape input, int axis) {
    for (Resize.Axis each : layer.axes()) {
      if (each.axis() == axis) {
        return layer.taps(input, each);
      }
    }
    return AxisTaps.unchanged(input.dim(axis));
  }

  private static DeviceBuffer floats(List<Double> values, StepOutline outline) {
    return outline.packed(
        values.size(),
        target -> {
          for (int i = 0; i < values.size(); i++) {
            target.setAtIndex(ValueLayout.JAVA_FLOAT, i, values.get(i).floatValue());
          }
        });
  }
}
