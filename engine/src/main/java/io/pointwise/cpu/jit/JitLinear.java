// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Linear;
import io.pointwise.network.Weights;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code jit-linear}: linear layers, and convolutions whose window is the whole image, which are
 * the same sums in the same order of memory.
 */
final class JitLinear extends JitAlgorithm {
  JitLinear(Host host) {
    super("jit-linear", host, List.of(Linear.class, Conv2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    if (step.operation() instanceof Conv2d && !isWholeImage(step.conv())) {
      ConvSpec spec = step.conv();
      return "jit-linear is for one window over the whole image, no padding, no groups; this is "
          + spec.window()
          + ", groups "
          + spec.groups()
          + ", over "
          + spec.ih()
          + "×"
          + spec.iw();
    }
    if (step.input().dim(0) == 0) {
      return "jit-linear needs at least one image, got none";
    }
    int out = step.output().dim(1);
    if (isa() == Isa.AVX2 && out % host().lanes() != 0) {
      return "jit-linear with AVX2 is for whole vectors of outputs, got " + out;
    }
    String epilogue = Fused.refusal(step.epilogue(), host());
    return epilogue != null
        ? epilogue
        : distanceRefusal("the weights", features(step) * (out + (long) host().lanes()));
  }

  private static boolean isWholeImage(ConvSpec spec) {
    return spec.groups() == 1
        && !spec.window().hasPadding()
        && spec.kh() == spec.ih()
        && spec.kw() == spec.iw();
  }

  private static long features(Step step) {
    return step.input().elements(1, step.input().rank());
  }

  @Override
  Support.Yes accept(Step step) {
    return new Support.Yes(List.of(LayoutChoice.nchw(step.inputs().size(), 0)));
  }

  @Override
  CpuStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused {
    int in = Math.toIntExact(features(step));
    LinearProduct.Sizes sizes =
        new LinearProduct.Sizes(step.input().dim(0), in, step.output().dim(1));
    return LinearProduct.prepare(sizes, Fused.of(step.epilogue()), weights, host(), arena);
  }
}
