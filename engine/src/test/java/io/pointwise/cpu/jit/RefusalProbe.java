// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A process that Linux lets make no more code: no memory that was not executable may become so. A
 * program of its own, since this cannot be taken back; started with {@link FixedCode#FLAGS},
 * because it holds for the JVM too.
 */
final class RefusalProbe {
  /** Printed by a Linux before 6.3, which knows no such rule. */
  static final String UNKNOWN = "this Linux refuses no code";

  private static final int PR_SET_MDWE = 65;
  private static final long REFUSE_EXEC_GAIN = 1;

  /** When the rule begins. */
  enum Moment {
    BEFORE_THE_DEVICE_OPENS,
    BEFORE_THE_PLAN
  }

  private RefusalProbe() {}

  /** Begins here, with a {@link Moment}. */
  public static void main(String[] args) throws Throwable {
    Moment moment = Moment.valueOf(args[0]);
    if (moment == Moment.BEFORE_THE_DEVICE_OPENS && !refuse()) {
      return;
    }
    try (Device device = PointwisePlan.device()) {
      if (moment == Moment.BEFORE_THE_PLAN && !refuse()) {
        return;
      }
      device.notices().forEach(System.out::println);
      System.out.println("ran " + PointwisePlan.run(device));
    } catch (DeviceException e) {
      System.out.println("failed " + e.getMessage());
    }
  }

  // The signature is that of the manual page.
  @SuppressWarnings("restricted")
  private static boolean refuse() throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle prctl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    int status = (int) prctl.invokeExact(PR_SET_MDWE, REFUSE_EXEC_GAIN, 0L, 0L, 0L);
    if (status != 0) {
      System.out.println(UNKNOWN);
    }
    return status == 0;
  }
}
