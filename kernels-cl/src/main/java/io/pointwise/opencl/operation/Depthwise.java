// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.DeviceInfo;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Pooling;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.opencl.host.DeviceFacts;

/** Convolutions with one input channel a group. */
final class Depthwise {
  private Depthwise() {}

  private static Support accept(Step step) {
    ConvSpec spec = step.conv();
    return spec.isDepthwise()
        ? Support.nchw(step, 0)
        : Support.no(
            "computes one input channel a group, got "
                + spec.groups()
                + " groups of "
                + spec.icPerGroup());
  }

  /** The arguments that both kernels begin with. */
  private static LaunchBuilder operands(
      LaunchBuilder launch, Weights weights, StepBuilder builder) {
    ConvSpec spec = builder.step().conv();
    return launch
        .input(0)
        .output()
        .buffer(builder.weights(weights.get(Role.WEIGHT)))
        .buffer(Products.bias(weights, spec.oc(), builder))
        .buffer(
            builder.table(
                Pooling.window(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow())))
        .indices(spec.oc(), spec.ocPerGroup());
  }

  /** Each output element by itself, any window: what a GPU does best. */
  static final class Elements implements Recipe {
    @Override
    public Support accept(Step step) {
      return Depthwise.accept(step);
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      operands(builder.launch("depthwise"), weights, builder)
          .items(step.output().elements())
          .epilogue()
          .add();
    }
  }

  /** In vectors along rows: what a CPU does best. */
  static final class Rows implements Recipe {
    private final DeviceFacts facts;

    Rows(DeviceFacts facts) {
      this.facts = facts;
    }

    /** As many rows as share most of what they read and still fit in registers. */
    private static final int MOST_ROWS = 4;

    @Override
    public Support accept(Step step) {
      Support depthwise = Depthwise.accept(step);
      if (depthwise instanceof Support.Yes && step.conv().window().strideW() != 1) {
        return Support.no(
            "computes a horizontal stride of 1, got " + step.conv().window().strideW());
      }
      return depthwise instanceof Support.Yes yes && facts.type() != DeviceInfo.Type.CPU
          ? new Support.Yes(yes.choices(), "the device computes element by element, not in vectors")
          : depthwise;
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      ConvSpec spec = step.conv();
      Window window = spec.window();
      long inner = Math.min(window.padLeft(), spec.ow());
      // The last window that lies inside begins at iw − extentW.
      long end = Math.min(spec.ow(), spec.iw() + window.padLeft() - window.extentW() + 1);
      int lanes = GemmTile.lanes(end - inner, facts);
      if (lanes == 1) {
        // Too few for a vector: all are border.
        lanes = GemmTile.LEAST_LANES;
        inner = spec.ow();
        end = spec.ow();
      }
      int rows = Math.min(spec.oh(), MOST_ROWS);
      long blocks = Math.ceilDiv(spec.oh(), rows);
      operands(
              builder
                  .launch("depthwise_rows")
                  .define("LANES", lanes)
                  .define("ROWS", rows)
                  .define("TAPS_H", window.kh())
                  .define("TAPS_W", window.kw())
                  .define("DOWN", window.strideH())
                  .define("STEP", window.dilationH()),
              weights,
              builder)
          .indices(inner, end, blocks)
          .tiles((long) spec.n() * spec.oc() * blocks, (long) spec.ow() * rows * window.taps())
          .epilogue()
          .add();
    }
  }
}
