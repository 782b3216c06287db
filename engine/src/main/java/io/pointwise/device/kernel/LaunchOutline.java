// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.DeviceBuffer;
import io.pointwise.layer.ActivationFunction;
import org.jspecify.annotations.Nullable;

/** Lists the arguments of a kernel in the kernel's order, then says over how many work-items. */
public interface LaunchOutline {
  /** Fixes a define of the kernel's source. */
  LaunchOutline define(String name, String value);

  /** Fixes a define of the kernel's source. */
  LaunchOutline define(String name, long value);

  /** The step's input of this number. */
  LaunchOutline input(int index);

  /** The step's output. */
  LaunchOutline output();

  /** The step's scratch memory. */
  LaunchOutline workspace();

  /** A buffer that the step holds. */
  LaunchOutline buffer(DeviceBuffer buffer);

  /** A number of elements, or a place among them. */
  LaunchOutline index(long value);

  /** Indices, one after the other. */
  LaunchOutline indices(long... values);

  /** An integer of 32 bits. */
  LaunchOutline integer(int value);

  /** A float. */
  LaunchOutline number(float value);

  /** The step that the kernel is for. */
  StepOutline outline();

  /** What is fused behind the step: activation, and residual where there is one. */
  default LaunchOutline epilogue() {
    activation(outline().step().epilogue().activation());
    if (outline().step().epilogue().residual()) {
      define("RESIDUAL", 1);
      input(outline().step().inputs().size() - 1);
    }
    return this;
  }

  /** An activation and its two numbers. */
  default LaunchOutline activation(@Nullable ActivationFunction function) {
    ActivationCode code = ActivationCode.of(function);
    define("ACTIVATION", "activation_" + code.name());
    return number(code.a()).number(code.b());
  }

  /** One small work-item each; their number is the next argument. */
  LaunchOutline items(long count);

  /**
   * Lines, each for as many work-items as the device thinks fit; their number is the next argument.
   *
   * @param size elements of a line
   */
  LaunchOutline lines(long count, long size);

  /** Makes the kernel; over no work-items nothing is enqueued. */
  void add();
}
