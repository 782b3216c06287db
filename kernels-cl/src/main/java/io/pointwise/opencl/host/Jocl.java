// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import org.jocl.CL;
import org.jspecify.annotations.Nullable;

/**
 * JOCL's native library, touched once. Its first use throws {@link UnsatisfiedLinkError} with the
 * cause and each later one {@link NoClassDefFoundError} without it, hence the cause is kept.
 */
final class Jocl {
  private static final @Nullable String FAILURE = touch();

  private Jocl() {}

  private static @Nullable String touch() {
    try {
      CL.setExceptionsEnabled(false);
      return null;
    } catch (LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return String.valueOf(cause.getMessage());
    }
  }

  /**
   * Returns if OpenCL can be called.
   *
   * @throws LibraryMissingException if not
   */
  static void require() throws LibraryMissingException {
    if (FAILURE != null) {
      throw new LibraryMissingException(FAILURE);
    }
  }
}
