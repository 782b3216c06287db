// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.kernel.Defines;

/**
 * A kernel as one program has it.
 *
 * @param kernel its name, and that of its file without {@code .cu}
 * @param defines that fix its structure
 */
public record KernelVariant(String kernel, Defines defines) {
  /** Kernel and defines in one word: {@code softmax+INDEX=int+LOG=1}. */
  public String name() {
    StringBuilder name = new StringBuilder(kernel);
    defines.assignments().forEach(define -> name.append('+').append(define));
    return name.toString();
  }

  /** The file with the kernel's source. */
  public String file() {
    return kernel + ".cu";
  }

  KernelVariant with(String define, String value) {
    return new KernelVariant(kernel, defines.with(define, value));
  }
}
