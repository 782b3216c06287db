// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import java.util.Arrays;
import org.opentest4j.TestAbortedException;

/**
 * Tools whose absence is a failure, where tests that need them are skipped otherwise. Continuous
 * integration names them in the environment variable {@value #VARIABLE}: {@code oclgrind}.
 */
final class RequiredTools {
  /** Comma-separated names of programs. */
  static final String VARIABLE = "POINTWISE_REQUIRED_TOOLS";

  private RequiredTools() {}

  /** What to throw where a tool is absent: a failure if it is required, else a reason to skip. */
  static RuntimeException absent(String tool) {
    String required = System.getenv().getOrDefault(VARIABLE, "");
    if (Arrays.asList(required.split(",", -1)).contains(tool)) {
      throw new AssertionError(tool + " is required by " + VARIABLE + " but not installed");
    }
    return new TestAbortedException(tool + " is not installed");
  }
}
