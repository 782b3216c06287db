// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.Step;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.PoolSpec;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import java.util.List;

/** Poolings over windows. */
public final class Pooling {
  private Pooling() {}

  public static void max(Step step, Weights weights, StepOutline outline) {
    pool(outline.launch("max_pool"), ((MaxPool2d) step.operation()).spec(step.input()), outline);
  }

  public static void average(Step step, Weights weights, StepOutline outline) {
    AvgPool2d pool = (AvgPool2d) step.operation();
    pool(
        outline.launch("average_pool").define("COUNT_PADDING", pool.countIncludePad() ? 1 : 0),
        pool.spec(step.input()),
        outline);
  }

  public static void indices(Step step, Weights weights, StepOutline outline) {
    MaxPoolIndices pool = (MaxPoolIndices) step.operation();
    pool(
        outline.launch("max_pool_indices").define("COLUMN_MAJOR", pool.columnMajor() ? 1 : 0),
        pool.spec(step.input()),
        outline);
  }

  private static void pool(LaunchOutline launch, PoolSpec spec, StepOutline outline) {
    launch
        .input(0)
        .output()
        .buffer(outline.table(window(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow())))
        .items(spec.output().elements())
        .add();
  }

  /**
   * A window over an image as kernels read it: {@code ih, iw, oh, ow, kh, kw}, strides, padding
   * top, left, bottom, right, dilations.
   */
  public static List<Long> window(Window window, long ih, long iw, long oh, long ow) {
    return List.of(
        ih,
        iw,
        oh,
        ow,
        (long) window.kh(),
        (long) window.kw(),
        (long) window.strideH(),
        (long) window.strideW(),
        (long) window.padTop(),
        (long) window.padLeft(),
        (long) window.padBottom(),
        (long) window.padRight(),
        (long) window.dilationH(),
        (long) window.dilationW());
  }
}
