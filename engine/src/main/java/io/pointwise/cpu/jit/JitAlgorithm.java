// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import io.pointwise.device.DeviceException;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Operation;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the algorithms of this tier share: FP32 only, and who owns what a step holds. */
abstract class JitAlgorithm implements Algorithm {
  private final String name;
  private final List<Class<? extends Operation>> operations;
  private final Host host;

  JitAlgorithm(String name, Host host, List<Class<? extends Operation>> operations) {
    this.name = name;
    this.host = host;
    this.operations = operations;
  }

  @Override
  public final String name() {
    return name;
  }

  final Host host() {
    return host;
  }

  final Isa isa() {
    return host.isa();
  }

  final Workers workers() {
    return host.workers();
  }

  /** NCHWc with a vector of channels in a block. */
  final Layout blocked() {
    return Layout.blocked(host.lanes());
  }

  @Override
  public final Support check(Step step) {
    if (operations.stream().noneMatch(each -> each.isInstance(step.operation()))) {
      return Support.otherOperation(name, step);
    }
    if (step.precision() != Precision.FP32) {
      return Support.no(name + " computes in FP32, " + step.precision() + " was asked for");
    }
    String refusal = refusal(step);
    return refusal != null ? Support.no(refusal) : accept(step);
  }

  /** Why a step of the right operation is refused, or null. */
  abstract @Nullable String refusal(Step step);

  /** How a step that is not refused is taken. */
  abstract Support.Yes accept(Step step);

  @Override
  public final PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Arena arena = Arena.ofShared();
    try {
      return prepare(step, choice, weights, arena);
    } catch (Posix.Refused e) {
      arena.close();
      throw new DeviceException("cpu: step " + step.name() + ": " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Generates and packs; what the step holds lives in {@code arena}, which it owns. */
  abstract PreparedStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused;
}
