// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Pooling;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Convolutions. */
final class Convolving {
  private Convolving() {}

  /** Pointwise: a GEMM over the input as it is. */
  static final class Pointwise implements Recipe {
    @Override
    public Support accept(Step step) {
      Window window = step.conv().window();
      return window.isPointwise()
          ? Support.nchw(step, 0)
          : Support.no("computes 1×1, stride 1, no padding only, got " + window);
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      gemm(Planes.of(step.conv()), weights, builder);
    }
  }

  /** Any window: the input is rearranged to {@link Planes}, then it is the same GEMM. */
  static final class Windowed implements Recipe {
    @Override
    public long workspaceElements(Step step) {
      return Planes.of(step.conv()).elements();
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      Planes planes = Planes.of(step.conv());
      ConvSpec spec = planes.spec();
      Window window = spec.window();
      builder
          .launch("conv_planes")
          .input(0)
          .workspace()
          .buffer(builder.table(planes.rowPhases().stream().map(Integer::longValue).toList()))
          .buffer(builder.table(planes.columnPhases().stream().map(Integer::longValue).toList()))
          .indices(planes.rowPhases().size(), planes.columnPhases().size())
          .indices(spec.ih(), spec.iw(), planes.rows(), planes.columns())
          .indices(window.strideH(), window.strideW(), window.padTop(), window.padLeft())
          .items((long) spec.n() * spec.ic() * planes.perChannel() * planes.rows())
          .add();
      gemm(planes, weights, builder);
    }
  }

  private static void gemm(Planes planes, Weights weights, StepBuilder builder) {
    ConvSpec spec = planes.spec();
    GemmTile tile = GemmTile.of(spec.ocPerGroup(), planes.positions(), builder.facts());
    long blocks = Math.ceilDiv(spec.ocPerGroup(), tile.channels());
    long tiles = Math.ceilDiv(planes.positions(), (long) tile.positions());
    LaunchBuilder launch =
        builder
            .launch("conv_gemm")
            .define("CHANNELS", tile.channels())
            .define("LANES", tile.lanes())
            .define("VECTORS", tile.vectors())
            .define("GAPS", planes.isInput() ? 0 : 1)
            .define("TILES_FIRST", spec.weight().elements() > planes.elements() ? 1 : 0);
    (planes.isInput() ? launch.input(0) : launch.workspace())
        .output()
        .buffer(blocked(weights.get(Role.WEIGHT), spec, tile.channels(), builder))
        .buffer(Products.bias(weights, spec.oc(), builder))
        .buffer(builder.table(planes.offsets()))
        .indices(spec.groups(), spec.icPerGroup(), spec.ocPerGroup(), spec.window().taps())
        .indices(planes.channel(), planes.positions(), planes.columns(), spec.oh(), spec.ow())
        .indices(blocks, tiles)
        .tiles(
            blocks * spec.groups() * tiles * spec.n(),
            spec.reduction() * tile.channels() * tile.positions())
        .epilogue()
        .add();
  }

  /** {@code [groups, blocks, ic/groups, taps, channels]}: a work-item reads a run of memory. */
  private static ClBuffer blocked(Tensor weight, ConvSpec spec, int channels, StepBuilder builder) {
    long reduction = spec.reduction();
    long blocks = Math.ceilDiv(spec.ocPerGroup(), channels);
    return builder.packed(
        spec.groups() * blocks * reduction * channels,
        target -> {
          MemorySegment source = weight.memory();
          for (int o = 0; o < spec.oc(); o++) {
            long inGroup = o % spec.ocPerGroup();
            long block = o / spec.ocPerGroup() * blocks + inGroup / channels;
            long to = block * reduction * channels + inGroup % channels;
            for (long k = 0; k < reduction; k++) {
              float value = source.getAtIndex(ValueLayout.JAVA_FLOAT, o * reduction + k);
              target.setAtIndex(ValueLayout.JAVA_FLOAT, to + k * channels, value);
            }
          }
        });
  }

  /** One filter a channel: each output element by itself. */
  static final class Depthwise implements Recipe {
    @Override
    public Support accept(Step step) {
      ConvSpec spec = step.conv();
      return spec.isDepthwise()
          ? Support.nchw(step, 0)
          : Support.no(
              "computes one input channel a group, got "
                  + spec.groups()
                  + " groups of "
                  + spec.icPerGroup());
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      ConvSpec spec = ((Conv2d) step.operation()).spec(step.input());
      builder
          .launch("depthwise")
          .input(0)
          .output()
          .buffer(builder.weights(weights.get(Role.WEIGHT)))
          .buffer(Products.bias(weights, spec.oc(), builder))
          .buffer(
              builder.table(
                  Pooling.window(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow())))
          .indices(spec.oc(), spec.ocPerGroup())
          .items(spec.output().elements())
          .epilogue()
          .add();
    }
  }

  static void transposed(Step step, Weights weights, StepBuilder builder) {
    ConvTranspose2d conv = (ConvTranspose2d) step.operation();
    Shape in = step.input();
    Shape out = step.output();
    builder
        .launch("conv_transpose")
        .input(0)
        .output()
        .buffer(builder.weights(weights.get(Role.WEIGHT)))
        .buffer(Products.bias(weights, conv.oc(), builder))
        .buffer(
            builder.table(
                Pooling.window(conv.window(), in.dim(2), in.dim(3), out.dim(2), out.dim(3))))
        .indices(conv.oc(), conv.oc() / conv.groups(), in.dim(1) / conv.groups(), in.dim(1))
        .items(out.elements())
        .epilogue()
        .add();
  }
}
