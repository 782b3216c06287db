// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What tests say of things that cannot be. */
public final class Refusal {
  private Refusal() {}

  /** Asserts that {@code what} is refused, in a message that holds all of {@code told}. */
  public static void assertRefused(Runnable what, String... told) {
    String message =
        String.valueOf(assertThrows(InvalidSpecException.class, what::run).getMessage());
    for (String part : told) {
      assertTrue(message.contains(part), () -> "\"" + message + "\" does not say \"" + part + "\"");
    }
  }
}
