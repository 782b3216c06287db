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
  /** Taps that the code of a step may spell out: about as much as a second-level cache is for. */
  private static final long MOST_WRITTEN_TAPS = 1 << 14;

  /** Taps of a window; more would make nothing but code. */
  private static final long MOST_TAPS = 256;

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

  /** Refuses floats that lie farther apart than an instruction can say. */
  final @Nullable String distanceRefusal(String what, long floats) {
    long most = Integer.MAX_VALUE / Float.BYTES;
    return floats <= most ? null : name + ": " + what + " has " + floats + " floats, over " + most;
  }

  /**
   * Refuses windows that would make too much code, and channels that fill too little of a block.
   */
  final @Nullable String windowRefusal(WindowRun.Geometry geometry, WindowFunction function) {
    int channels = geometry.input().dim(1);
    if (2 * channels < host.lanes()) {
      return name + ": " + channels + " channels fill less than half a block of " + host.lanes();
    }
    if (geometry.window().taps() > MOST_TAPS) {
      return name + " is for at most " + MOST_TAPS + " taps, this is " + geometry.window();
    }
    String distance = distanceRefusal("what a window reaches over", geometry.reach());
    if (distance != null) {
      return distance;
    }
    long taps = geometry.writtenTaps(function);
    return taps <= MOST_WRITTEN_TAPS
        ? null
        : name + ": code of " + taps + " taps is over the limit " + MOST_WRITTEN_TAPS;
  }

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
