// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.ClKernel;
import io.pointwise.opencl.host.Defines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the arguments of a kernel in the kernel's order, then says over how many work-items. */
final class LaunchBuilder {
  /** Work-items of a group where each does little: a multiple of every machine's vector. */
  private static final long GROUP = 64;

  /** Multiplications that are worth the start of a group on a CPU: some ten microseconds. */
  private static final long GROUP_WORK = 1 << 19;

  /** Sets one argument. */
  @FunctionalInterface
  private interface Setter {
    void set(ClKernel kernel, int argument);
  }

  private final StepBuilder step;
  private final String kernel;
  private final List<Setter> setters = new ArrayList<>();
  private final Map<Integer, Place> places = new HashMap<>();
  private Defines defines;
  private long items;
  private long group = 1;
  private boolean fixedGroup;

  LaunchBuilder(StepBuilder step, String kernel) {
    this.step = step;
    this.kernel = kernel;
    this.defines = Defines.NONE.with("INDEX", step.wide() ? "long" : "int");
  }

  LaunchBuilder define(String name, String value) {
    defines = defines.with(name, value);
    return this;
  }

  LaunchBuilder define(String name, long value) {
    defines = defines.with(name, value);
    return this;
  }

  LaunchBuilder input(int index) {
    return place(new Place.Input(index));
  }

  LaunchBuilder output() {
    return place(new Place.Output());
  }

  LaunchBuilder workspace() {
    return workspace(0);
  }

  /** The scratch memory from an element on. */
  LaunchBuilder workspace(long from) {
    return place(new Place.Workspace(from));
  }

  private LaunchBuilder place(Place place) {
    places.put(setters.size(), place);
    // The memory and the offset; both are set when a run enqueues the kernel.
    setters.add((_, _) -> {});
    setters.add((_, _) -> {});
    return this;
  }

  LaunchBuilder buffer(ClBuffer buffer) {
    setters.add((target, argument) -> target.set(argument, buffer));
    return this;
  }

  /** A number of elements, or a place among them. */
  LaunchBuilder index(long value) {
    if (step.wide()) {
      setters.add((target, argument) -> target.set(argument, value));
    } else {
      int narrow = Math.toIntExact(value);
      setters.add((target, argument) -> target.set(argument, narrow));
    }
    return this;
  }

  /** Indices, one after the other. */
  LaunchBuilder indices(long... values) {
    for (long value : values) {
      index(value);
    }
    return this;
  }

  LaunchBuilder integer(int value) {
    setters.add((target, argument) -> target.set(argument, value));
    return this;
  }

  LaunchBuilder number(float value) {
    setters.add((target, argument) -> target.set(argument, value));
    return this;
  }

  /** The arguments of {@code epilogue.cl}: what is fused behind the step. */
  LaunchBuilder epilogue() {
    activation(step.step().epilogue().activation());
    if (step.step().epilogue().residual()) {
      define("RESIDUAL", 1);
      input(step.step().inputs().size() - 1);
    }
    return this;
  }

  /** The arguments of {@code activation.cl}. */
  LaunchBuilder activation(@Nullable ActivationFunction function) {
    ActivationCode code = ActivationCode.of(function);
    define("ACTIVATION", "activation_" + code.name());
    return number(code.a()).number(code.b());
  }

  /** One small work-item each; their number is the next argument. */
  LaunchBuilder items(long count) {
    index(count);
    return group(count, GROUP);
  }

  /**
   * Work-items that each compute a tile; their number is the next argument.
   *
   * @param work multiplications of one of them
   */
  LaunchBuilder tiles(long count, long work) {
    index(count);
    boolean cpu = step.facts().type() == DeviceInfo.Type.CPU;
    // On a CPU a group is what one thread takes at a time: few large tiles, many small ones.
    long fit = Long.highestOneBit(Math.clamp(GROUP_WORK / Math.max(1, work), 1, GROUP));
    return group(count, cpu ? fit : GROUP);
  }

  /**
   * Lines for kernels with {@code lines.cl}, each for a work-item or for a group of them; their
   * number is the next argument.
   *
   * @param size elements of a line
   */
  LaunchBuilder lines(long count, long size) {
    int sharing = step.lineSharing().workItems(step.facts(), count, size);
    define("GROUP", sharing);
    if (sharing == 1) {
      return items(count);
    }
    index(count);
    fixedGroup = true;
    return group(count * sharing, sharing);
  }

  /** So many groups of exactly so many work-items. */
  LaunchBuilder groups(long count, long size) {
    fixedGroup = true;
    return group(count * size, size);
  }

  private LaunchBuilder group(long count, long size) {
    items = count;
    group = size;
    return this;
  }

  /** Makes the kernel; over no work-items nothing is enqueued. */
  void add() {
    if (items == 0) {
      return;
    }
    ClKernel made = step.owned().add(step.programs().kernel(kernel, defines));
    for (int argument = 0; argument < setters.size(); argument++) {
      setters.get(argument).set(made, argument);
    }
    long most = Math.min(step.facts().maxWorkGroupSize(), made.maxWorkGroupSize());
    long local = Math.min(group, Long.highestOneBit(most));
    if (fixedGroup && local != group) {
      throw new DeviceException(
          kernel + " needs groups of " + group + " work-items, the device allows " + most);
    }
    step.add(new Launch(made, places, Math.ceilDiv(items, local) * local, local));
  }
}
