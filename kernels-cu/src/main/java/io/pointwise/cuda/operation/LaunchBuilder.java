// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaBuffer;
import io.pointwise.cuda.host.CudaKernel;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceException;
import io.pointwise.device.kernel.ActivationCode;
import io.pointwise.device.kernel.Defines;
import io.pointwise.device.kernel.IndexWidth;
import io.pointwise.device.kernel.LaunchOutline;
import io.pointwise.device.kernel.Place;
import io.pointwise.layer.ActivationFunction;
import java.util.ArrayList;
import java.util.List;
import jcuda.Pointer;
import org.jspecify.annotations.Nullable;

/** The arguments of a kernel, and over how many threads it runs: a work-item is a thread. */
final class LaunchBuilder implements LaunchOutline {
  /**
   * Threads of a block: a multiple of the warp of 32, and few enough for any number of registers.
   */
  private static final int BLOCK = 128;

  private final StepBuilder step;
  private final String kernel;
  private final List<Launch.Argument> arguments = new ArrayList<>();
  private Defines defines;
  private long items;

  LaunchBuilder(StepBuilder step, String kernel) {
    this.step = step;
    this.kernel = kernel;
    this.defines = Defines.NONE.with("INDEX", step.width().type());
  }

  @Override
  public StepBuilder outline() {
    return step;
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
    return place(new Place.Workspace(0));
  }

  LaunchBuilder place(Place place) {
    arguments.add(new Launch.Placed(place));
    return this;
  }

  private LaunchBuilder fixed(Pointer value) {
    arguments.add(new Launch.Fixed(value));
    return this;
  }

  @Override
  public LaunchBuilder buffer(DeviceBuffer buffer) {
    return fixed(Pointer.to(((CudaBuffer) buffer).address()));
  }

  @Override
  public LaunchBuilder index(long value) {
    return step.width() == IndexWidth.WIDE
        ? fixed(Pointer.to(new long[] {value}))
        : integer(Math.toIntExact(value));
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
    return fixed(Pointer.to(new int[] {value}));
  }

  @Override
  public LaunchBuilder number(float value) {
    return fixed(Pointer.to(new float[] {value}));
  }

  /** With the function's number, which a program reads that is made for all of them. */
  @Override
  public LaunchOutline activation(@Nullable ActivationFunction function) {
    integer(ActivationNumber.of(ActivationCode.of(function)));
    return LaunchOutline.super.activation(function);
  }

  @Override
  public LaunchBuilder items(long count) {
    items = count;
    return index(count);
  }

  @Override
  public LaunchBuilder lines(long count, long size) {
    return items(count);
  }

  @Override
  public void add() {
    if (items == 0) {
      return;
    }
    long blocks = Math.ceilDiv(items, BLOCK);
    if (blocks > step.facts().maxGridX()) {
      throw new DeviceException(
          kernel
              + " needs "
              + blocks
              + " blocks of threads, over the limit "
              + step.facts().maxGridX()
              + " of "
              + step.facts().name());
    }
    CudaKernel made = step.tools().programs().kernel(kernel, defines);
    step.add(new Launch(made, arguments, (int) blocks, BLOCK));
  }
}
