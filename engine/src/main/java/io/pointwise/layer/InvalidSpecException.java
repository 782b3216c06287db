// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import java.io.Serial;

/**
 * A layer, a shape or a network that cannot be: the message names the thing, the value and the
 * limit.
 */
public final class InvalidSpecException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  public InvalidSpecException(String message) {
    super(message);
  }
}
