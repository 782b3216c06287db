// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.Optional;
import jcuda.driver.CUmodule;

/** Where programs come from. Safe to use by several threads. */
sealed interface ProgramSource permits CompiledPrograms, ShippedPrograms {
  /** The program in which a variant of a kernel is; nothing where there is none. */
  Optional<KernelVariant> program(KernelVariant wanted);

  /**
   * Loads a program that {@link #program} gave; the context is current and the caller unloads it.
   *
   * @throws io.pointwise.device.DeviceException if it cannot be made or loaded
   */
  CUmodule load(KernelVariant program);

  /** How many programs were compiled from source so far. */
  int builds();
}
