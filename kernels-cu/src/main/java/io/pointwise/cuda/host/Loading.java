// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.List;
import java.util.Optional;

/** What came of loading the CUDA libraries and their binding. */
public sealed interface Loading {
  /**
   * All that must be are there.
   *
   * @param versions of the libraries
   * @param nvrtc what is wrong with NVRTC, which need not be there; nothing if it can be used
   */
  record Ready(LibraryVersions versions, Optional<Problem> nvrtc) implements Loading {}

  /** What may be wrong with one library. */
  sealed interface Problem extends Loading {}

  /**
   * The folder that is to hold the libraries is none.
   *
   * @param path that was named
   */
  record NoFolder(String path) implements Loading {}

  /**
   * A library cannot be loaded.
   *
   * @param library which
   * @param found files of the same library, of whatever version
   * @param message the linker's
   */
  record Missing(CudaLibrary library, List<String> found, String message) implements Problem {
    public Missing {
      found = List.copyOf(found);
    }
  }

  /**
   * A library is there under the name of another version than it is of.
   *
   * @param library which
   * @param wanted the version that is needed
   * @param found the version that it says it has
   */
  record WrongVersion(CudaLibrary library, String wanted, String found) implements Problem {}

  /**
   * The libraries are there and the Java binding cannot be used with them.
   *
   * @param message of the JVM
   */
  record Unbound(String message) implements Loading {}
}
