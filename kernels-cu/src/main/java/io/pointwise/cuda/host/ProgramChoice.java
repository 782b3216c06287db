// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.List;
import java.util.OptionalInt;

/** How a device has its programs: compiled for it by NVRTC, else from the PTX that is shipped. */
public sealed interface ProgramChoice {
  /**
   * System property: {@value #SHIPPED} for the shipped PTX even where NVRTC is there, so that it
   * can be tried.
   */
  String PROPERTY = "pointwise.cuda.programs";

  /** Value of {@value #PROPERTY}. */
  String SHIPPED = "shipped";

  /**
   * By NVRTC.
   *
   * @param target the compute capability to compile for
   */
  record Compiled(int target) implements ProgramChoice {}

  /**
   * From the PTX that is shipped.
   *
   * @param cause why NVRTC is not used
   */
  record Shipped(Cause cause) implements ProgramChoice {}

  /** Why NVRTC is not used. */
  sealed interface Cause {}

  /**
   * It is not there, or is not the right one.
   *
   * @param problem with it
   */
  record Unusable(Loading.Problem problem) implements Cause {}

  /**
   * It is older than the device.
   *
   * @param supported compute capabilities that it compiles for
   */
  record TooOld(List<Integer> supported) implements Cause {
    public TooOld {
      supported = List.copyOf(supported);
    }
  }

  /** {@value #PROPERTY} says so. */
  record Asked() implements Cause {}

  /** What is best for a device. */
  static ProgramChoice of(DeviceFacts facts, Loading.Ready ready) {
    if (ready.nvrtc().isPresent()) {
      return new Shipped(new Unusable(ready.nvrtc().get()));
    }
    if (System.getProperty(PROPERTY, "").equals(SHIPPED)) {
      return new Shipped(new Asked());
    }
    List<Integer> supported = Compiler.supported();
    OptionalInt target = target(facts.capability(), supported);
    return target.isPresent()
        ? new Compiled(target.getAsInt())
        : new Shipped(new TooOld(supported));
  }

  /** The newest capability of those compiled for whose machine code runs on a device. */
  static OptionalInt target(int capability, List<Integer> supported) {
    // Machine code runs on devices of the same major capability and of no lower minor one.
    return supported.stream()
        .mapToInt(Integer::intValue)
        .filter(each -> each <= capability && each / 10 == capability / 10)
        .max();
  }
}
