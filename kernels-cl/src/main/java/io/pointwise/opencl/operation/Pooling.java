// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.PoolSpec;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import java.util.List;

/** Poolings over windows. */
final class Pooling {
  private Pooling() {}

  static void max(Step step, Weights weights, StepBuilder builder) {
    pool(builder.launch("max_pool"), ((MaxPool2d) step.operation()).spec(step.input()), builder);
  }

  static void average(Step step, Weights weights, StepBuilder builder) {
    AvgPool2d pool = (AvgPool2d) step.operation();
    pool(
        builder.launch("average_pool").define("COUNT_PADDING", pool.countIncludePad() ? 1 : 0),
        pool.spec(step.input()),
        builder);
  }

  static void indices(Step step, Weights weights, StepBuilder builder) {
    MaxPoolIndices pool = (MaxPoolIndices) step.operation();
    pool(
        builder.launch("max_pool_indices").define("COLUMN_MAJOR", pool.columnMajor() ? 1 : 0),
        pool.spec(step.input()),
        builder);
  }

  private static void pool(LaunchBuilder launch, PoolSpec spec, StepBuilder builder) {
    launch
        .input(0)
        .output()
        .buffer(builder.table(window(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow())))
        .items(spec.output().elements())
        .add();
  }

  /** In the order of {@code window.cl}. */
  static List<Long> window(Window window, long ih, long iw, long oh, long ow) {
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
