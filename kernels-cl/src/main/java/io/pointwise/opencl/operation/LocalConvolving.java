// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.DeviceInfo;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Pooling;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.DeviceFacts;
import io.pointwise.tensor.Tensor;

/**
 * Convolutions as a GEMM whose operands go through local memory: the family for GPUs. A GPU has
 * thousands of work-items that share little but what their group keeps there; a CPU has no such
 * memory, and vectors in registers do better ({@link Gemm}).
 */
final class LocalConvolving implements Recipe {
  /** Outputs of a work-item along each dimension. */
  private static final int EACH = 4;

  private static final int DEPTH = 16;
  private static final int LARGE_SIDE = 16;
  private static final int SMALL_SIDE = 8;

  private final DeviceFacts facts;

  LocalConvolving(DeviceFacts facts) {
    this.facts = facts;
  }

  /** Whether a device has what this family is for. */
  static boolean isFor(DeviceFacts facts) {
    return facts.type() != DeviceInfo.Type.CPU && facts.localMemory();
  }

  @Override
  public Support accept(Step step) {
    ConvSpec spec = step.conv();
    if (spec.input().elements() == 0 || spec.output().elements() == 0) {
      return Support.no("computes no empty tensors, got " + spec.input());
    }
    if (facts.maxWorkGroupSize() < SMALL_SIDE * SMALL_SIDE) {
      return Support.no(
          "needs groups of "
              + SMALL_SIDE * SMALL_SIDE
              + " work-items, the device has at most "
              + facts.maxWorkGroupSize());
    }
    Support.Yes yes = (Support.Yes) Support.nchw(step, 0);
    return isFor(facts)
        ? yes
        : new Support.Yes(yes.choices(), "the device has no local memory near its arithmetic");
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    ConvSpec spec = step.conv();
    int side = side(spec);
    int tile = side * EACH;
    long blocks = Math.ceilDiv(spec.ocPerGroup(), tile);
    long tiles = Math.ceilDiv((long) spec.oh() * spec.ow(), (long) tile);
    builder
        .launch("conv_gemm_local")
        .define("SIDE", side)
        .define("EACH", EACH)
        .define("DEPTH", DEPTH)
        .define("POINTWISE", spec.isPointwise() ? 1 : 0)
        .input(0)
        .output()
        .buffer(packed(weights.get(Role.WEIGHT), spec, tile, builder))
        .buffer(Products.bias(weights, spec.oc(), builder))
        .buffer(
            builder.table(
                Pooling.window(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow())))
        .indices(spec.groups(), spec.icPerGroup(), spec.ocPerGroup(), blocks, tiles)
        .groups((long) spec.n() * spec.groups() * blocks * tiles, (long) side * side)
        .epilogue()
        .add();
  }

  /**
   * The larger groups reuse more of what they read, the smaller ones waste less of few channels.
   */
  private int side(ConvSpec spec) {
    boolean many =
        facts.maxWorkGroupSize() >= LARGE_SIDE * LARGE_SIDE
            && spec.ocPerGroup() > SMALL_SIDE * EACH
            && (long) spec.oh() * spec.ow() > SMALL_SIDE * EACH;
    return many ? LARGE_SIDE : SMALL_SIDE;
  }

  private static ClBuffer packed(Tensor weight, ConvSpec spec, int tile, StepBuilder builder) {
    return Gemm.pack(
        spec.groups(),
        spec.ocPerGroup(),
        spec.reduction(),
        tile,
        (o, k) -> weight.get(o * spec.reduction() + k),
        builder);
  }
}
