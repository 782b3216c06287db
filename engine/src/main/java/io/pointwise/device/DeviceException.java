// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.io.Serial;

/**
 * A device could not do what it was asked; the message names the call, the status and what was
 * asked for.
 */
public class DeviceException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
