// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import java.io.Serial;

/** JOCL or the OpenCL loader cannot be loaded; the message is that of the linker. */
public final class LibraryMissingException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public LibraryMissingException(String message) {
    super(message);
  }
}
