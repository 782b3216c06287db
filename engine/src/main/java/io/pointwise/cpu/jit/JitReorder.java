// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Reorder;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code jit-reorder}: from NCHW to NCHWc and back. A block of channels is a matrix of channels and
 * positions, which is transposed. What has no channel in NCHWc becomes zero.
 */
final class JitReorder extends JitAlgorithm {
  JitReorder(Host host) {
    super("jit-reorder", host, List.of(Reorder.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    Reorder reorder = (Reorder) step.operation();
    Layout blocked = blocked();
    boolean known =
        reorder.equals(new Reorder(Layout.NCHW, blocked))
            || reorder.equals(new Reorder(blocked, Layout.NCHW));
    if (!known) {
      return "jit-reorder is for NCHW and "
          + blocked
          + ", not "
          + reorder.from()
          + " to "
          + reorder.to();
    }
    Shape shape = step.input();
    // A tile's rows are a plane apart at most.
    return distanceRefusal("a block of planes", host().lanes() * shape.elements(2, 4));
  }

  @Override
  Support.Yes accept(Step step) {
    Reorder reorder = (Reorder) step.operation();
    return new Support.Yes(List.of(new LayoutChoice(List.of(reorder.from()), reorder.to(), 0, 0)));
  }

  @Override
  PreparedStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused {
    boolean toBlocked = ((Reorder) step.operation()).from().equals(Layout.NCHW);
    ReorderRun run = ReorderRun.generate(step.input(), toBlocked, host(), arena);
    return new CpuStep((inputs, output, _) -> run.run(inputs.getFirst(), output), arena, 0);
  }
}
