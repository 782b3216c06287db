// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import io.pointwise.opencl.host.Calls;
import java.nio.file.Path;
import org.jocl.cl_context;
import org.jocl.cl_program;

/** Plans and runs a network once: a program of its own, as a user's would be. */
final class CachedStart {
  /** A device that has lost its compiler. */
  static final Calls NO_COMPILER =
      new Calls() {
        @Override
        public cl_program createProgram(cl_context context, String source, int[] status) {
          throw new IllegalStateException("something is compiled:\n" + source);
        }
      };

  private CachedStart() {}

  /**
   * Begins here; prints how many programs were compiled.
   *
   * @param args the folder of the cache, and whether there is a compiler
   */
  public static void main(String[] args) {
    Calls calls = Boolean.parseBoolean(args[1]) ? Calls.JOCL : NO_COMPILER;
    try (OpenClDevice device = InstalledOpenCl.open(Path.of(args[0]), calls)) {
      SmallNetwork.requireRight(device);
      System.out.println(device.programs().builds());
    }
  }
}
