// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.kernel.Defines;
import io.pointwise.device.kernel.IndexWidth;
import io.pointwise.device.kernel.LaunchOutline;
import io.pointwise.device.kernel.Place;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.ClKernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a kernel, and over how many work-items in groups of how many it runs. */
final class LaunchBuilder implements LaunchOutline {
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
    this.defines = Defines.NONE.with("INDEX", step.width().type());
  }

  @Override
  public LaunchBuilder define(String name, String value) {
    defines = defines.with(name, value);
    return this;
  }

  @Override
  public LaunchBuilder define(String name, long value) {
    defines = defines.with(name, value);
    return this;
  }

  @Override
  public LaunchBuilder input(int index) {
    return place(new Place.Input(index));
  }

  @Override
  public LaunchBuilder output() {
    return place(new Place.Output());
  }

  @Override
  public LaunchBuilder workspace() {
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

  @Override
  public LaunchBuilder buffer(DeviceBuffer buffer) {
    setters.add((target, argument) -> target.set(argument, (ClBuffer) buffer));
    return this;
  }

  @Override
  public LaunchBuilder index(long value) {
    if (step.width() == IndexWidth.WIDE) {
      setters.add((target, argument) -> target.set(argument, value));
    } else {
      int narrow = Math.toIntExact(value);
      setters.add((target, argument) -> target.set(argument, narrow));
    }
    return this;
  }

  @Override
  public LaunchBuilder indices(long... values) {
    for (long value : values) {
      index(value);
    }
    return this;
  }

  @Override
  public LaunchBuilder integer(int value) {
    setters.add((target, argument) -> target.set(argument, value));
    return this;
  }

  @Override
  public LaunchBuilder number(float value) {
    setters.add((target, argument) -> target.set(argument, value));
    return this;
  }

  @Override
  public StepBuilder outline() {
    return step;
  }

  @Override
  public LaunchBuilder epilogue() {
    LaunchOutline.super.epilogue();
    return this;
  }

  @Override
  public LaunchBuilder activation(@Nullable ActivationFunction function) {
    LaunchOutline.super.activation(function);
    return this;
  }

  @Override
  public LaunchBuilder items(long count) {
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

  // Kernels with lines.cl let a group of work-items share a line.
  @Override
  public LaunchBuilder lines(long count, long size) {
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

  @Override
  public void add() {
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
