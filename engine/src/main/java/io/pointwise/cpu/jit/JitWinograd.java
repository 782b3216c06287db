// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Weights;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code jit-winograd-2x3} and {@code jit-winograd-4x3}: 3×3, stride 1, by {@link
 * WinogradConvolution}. Reluctant where {@link WinogradCost} expects something else to be faster.
 */
final class JitWinograd extends JitAlgorithm {
  private final Winograd formula;

  JitWinograd(Winograd formula, Host host) {
    super("jit-winograd-" + formula.outputTile() + "x3", host, List.of(Conv2d.class));
    this.formula = formula;
  }

  @Override
  public Optional<Winograd> winograd(Step step) {
    return Optional.of(formula);
  }

  @Override
  @Nullable String refusal(Step step) {
    ConvSpec spec = step.conv();
    if (!Winograd.fits(spec.window()) || spec.groups() > 1) {
      return name()
          + " is for 3×3, stride 1, no dilation, one group of channels; this is "
          + spec.window()
          + ", groups "
          + spec.groups();
    }
    String epilogue = Fused.refusal(step.epilogue(), host());
    return epilogue != null ? epilogue : Distances.refusal(spec);
  }

  @Override
  Support.Yes accept(Step step) {
    WinogradGeometry geometry = geometry(step.conv());
    LayoutChoice choice =
        LayoutChoice.uniform(blocked(), step.inputs().size(), geometry.workspaceBytes(), 0);
    return new Support.Yes(
        List.of(choice), WinogradCost.of(step.conv(), host()).reluctance(formula));
  }

  private WinogradGeometry geometry(ConvSpec spec) {
    return WinogradGeometry.of(spec, formula, isa(), workers().threads());
  }

  @Override
  CpuStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused {
    return WinogradConvolution.prepare(
        geometry(step.conv()), Fused.of(step.epilogue()), weights, host(), arena);
  }
}
