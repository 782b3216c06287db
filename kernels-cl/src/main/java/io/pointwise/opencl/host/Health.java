// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.DeviceException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a context still works. After some failures, such as a kernel that touched memory which is
 * not there, an implementation refuses everything from then on, with statuses that tell nothing of
 * the cause. So after each failure the device is tried, and if it no longer answers, what is asked
 * of it later is refused with the failure that began it.
 */
final class Health {
  private final String device;
  private final BooleanSupplier answers;
  private volatile @Nullable DeviceException cause;

  /**
   * @param device its name, for messages
   * @param answers asks the device for a trifle; true if it does it
   */
  Health(String device, BooleanSupplier answers) {
    this.device = device;
    this.answers = answers;
  }

  /**
   * Tries the device after a failure.
   *
   * @return what to throw: the failure, or one that says that the device is lost
   */
  synchronized DeviceException after(DeviceException failure) {
    DeviceException first = cause;
    if (first == null) {
      if (answers.getAsBoolean()) {
        return failure;
      }
      cause = failure;
      first = failure;
    }
    return lost(first);
  }

  /** Whether it was lost. */
  boolean isLost() {
    return cause != null;
  }

  /**
   * Returns if the device was not lost.
   *
   * @throws DeviceException with what it was lost by
   */
  void require() {
    DeviceException first = cause;
    if (first != null) {
      throw lost(first);
    }
  }

  private DeviceException lost(DeviceException first) {
    return new DeviceException(
        device
            + " no longer answers; close its plans and the device, then open it again. It was lost"
            + " when "
            + first.getMessage(),
        first);
  }
}
