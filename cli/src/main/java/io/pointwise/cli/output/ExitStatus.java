// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

/** Statuses that a command ends with. */
public final class ExitStatus {
  /** Done. */
  public static final int DONE = 0;

  /** A result was wrong. */
  public static final int WRONG_RESULT = 1;

  /** The command line, a layer or a network cannot be. */
  public static final int USAGE = 2;

  /** The required device is not available, or failed. */
  public static final int DEVICE_UNAVAILABLE = 3;

  /** A file is missing, unreadable, unwritable or not understood. */
  public static final int FILE = 4;

  /** Out of device memory. */
  public static final int OUT_OF_DEVICE_MEMORY = 5;

  /** An error in this program, as {@code EX_SOFTWARE} of {@code sysexits.h}. */
  public static final int INTERNAL = 70;

  private ExitStatus() {}
}
