// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.io.Serial;

/** The device that was required is not there; the message says why, and the fix. */
public final class DeviceUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public DeviceUnavailableException(String message) {
    super(message);
  }

  public DeviceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
