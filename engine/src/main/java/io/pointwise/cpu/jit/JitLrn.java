// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code jit-lrn}: local response normalisation on NCHWc. */
final class JitLrn extends JitAlgorithm {
  /** The exponent of Krizhevsky et al., which all networks of the literature use. */
  private static final float BETA = 0.75f;

  /** What a position costs, in simple operations on vectors: roots and a division. */
  private static final int OPERATIONS = 32;

  JitLrn(Host host) {
    super("jit-lrn", host, List.of(LocalResponseNorm.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    LocalResponseNorm layer = (LocalResponseNorm) step.operation();
    if (layer.beta() != BETA) {
      return "jit-lrn is for beta=0.75; this is beta=" + layer.beta();
    }
    if (layer.size() / 2 > LrnKernel.MOST_NEIGHBOURS) {
      return "jit-lrn is for at most "
          + LrnKernel.MOST_NEIGHBOURS
          + " channels on a side, this has size="
          + layer.size();
    }
    if (!step.epilogue().isNone()) {
      return "jit-lrn fuses no epilogue," + step.epilogue() + " was asked for";
    }
    String refusal = blockRefusal(step.input().dim(1));
    return refusal != null
        ? refusal
        : distanceRefusal("a block of a plane", host().lanes() * step.input().elements(2, 4));
  }

  @Override
  Support.Yes accept(Step step) {
    return new Support.Yes(List.of(LayoutChoice.uniform(blocked(), 1, 0, 0)));
  }

  @Override
  PreparedStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused {
    Shape shape = step.input();
    int pixels = Math.toIntExact(shape.elements(2, 4));
    List<LrnKernel> generators = generators((LocalResponseNorm) step.operation(), shape, pixels);
    Kernels generated = Kernels.generate(generators, arena);
    Kernel[] kernels = generators.stream().map(generated::of).toArray(Kernel[]::new);
    long planes = (long) shape.dim(0) * kernels.length;
    LineTasks tasks = LineTasks.of(planes, pixels, OPERATIONS, workers().threads());
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
                          (plane, first, end) -> {
                            long at = (plane * pixels + first) * isa().bytes();
                            kernels[(int) (plane % kernels.length)].call(
                                from + at, to + at, end - first, 0, 0, 0);
                          }));
        },
        arena,
        0);
  }

  /** One for each block of an image. */
  private List<LrnKernel> generators(LocalResponseNorm layer, Shape shape, int pixels) {
    int channels = shape.dim(1);
    int lanes = host().lanes();
    LrnKernel.Window window =
        new LrnKernel.Window(
            (layer.size() - 1) / 2, layer.size() / 2, layer.alpha() / layer.size(), layer.k());
    List<LrnKernel> generators = new ArrayList<>();
    for (int first = 0; first < channels; first += lanes) {
      int own = Math.min(lanes, channels - first);
      int behind = Math.min(lanes, channels - first - own);
      generators.add(
          new LrnKernel(
              isa(),
              window,
              new LrnKernel.Blocks((long) pixels * isa().bytes(), first > 0, own, behind)));
    }
    return generators;
  }
}
