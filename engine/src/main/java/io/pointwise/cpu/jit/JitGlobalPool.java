// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code jit-global-pool}: mean or maximum of each channel, from NCHWc to NCHW, where a pixel's
 * channels lie side by side as well.
 */
final class JitGlobalPool extends JitAlgorithm {
  JitGlobalPool(Host host) {
    super("jit-global-pool", host, List.of(GlobalPool2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    if (!step.epilogue().isNone()) {
      return "jit-global-pool fuses no epilogue," + step.epilogue() + " was asked for";
    }
    String refusal = blockRefusal(step.input().dim(1));
    return refusal != null
        ? refusal
        : distanceRefusal("a block of a plane", host().lanes() * step.input().elements(2, 4));
  }

  @Override
  Support.Yes accept(Step step) {
    return new Support.Yes(List.of(new LayoutChoice(List.of(blocked()), Layout.NCHW, 0, 0)));
  }

  @Override
  PreparedStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused {
    Shape shape = step.input();
    int channels = shape.dim(1);
    int lanes = host().lanes();
    int blocks = Math.ceilDiv(channels, lanes);
    int pixels = Math.toIntExact(shape.elements(2, 4));
    WindowFunction function =
        ((GlobalPool2d) step.operation()).mode() == GlobalPool2d.Mode.MAX
            ? new WindowFunction.Maximum()
            : new WindowFunction.Mean(false);
    GlobalPoolKernel whole = new GlobalPoolKernel(isa(), pixels, lanes, function);
    GlobalPoolKernel last =
        new GlobalPoolKernel(isa(), pixels, (channels - 1) % lanes + 1, function);
    Kernels kernels = Kernels.generate(List.of(whole, last), arena);
    Kernel ofWhole = kernels.of(whole);
    Kernel ofLast = kernels.of(last);
    LineTasks tasks = LineTasks.of(shape.dim(0), blocks, pixels, workers().threads());
    long blockBytes = (long) pixels * isa().bytes();
    return new CpuStep(
        (inputs, output, _) -> {
          long from = inputs.getFirst().address();
          long to = output.address();
          workers()
              .run(
                  tasks.count(),
                  task ->
                      tasks.run(
                          task,
                          (image, first, end) -> {
                            long input = from + image * blocks * blockBytes;
                            long target = to + image * channels * Float.BYTES;
                            int full = Math.min(end, blocks - 1) - first;
                            if (full > 0) {
                              ofWhole.call(
                                  input + first * blockBytes,
                                  target + (long) first * isa().bytes(),
                                  full,
                                  0,
                                  0,
                                  0);
                            }
                            if (end == blocks) {
                              ofLast.call(
                                  input + (end - 1) * blockBytes,
                                  target + (end - 1L) * isa().bytes(),
                                  1,
                                  0,
                                  0,
                                  0);
                            }
                          }));
        },
        arena,
        0);
  }
}
