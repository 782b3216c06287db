// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import java.io.Serial;

/** A network that a device cannot run; the message names the layer and every algorithm's reason. */
public final class PlanningException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public PlanningException(String message) {
    super(message);
  }
}
