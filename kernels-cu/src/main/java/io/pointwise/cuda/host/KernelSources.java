// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.kernel.KernelSource;
import java.util.ArrayList;
import java.util.List;

/** The kernels' sources, and the options that all of them are compiled with. */
final class KernelSources {
  private static final String FOLDER = "/io/pointwise/cuda/kernels/";

  private static final KernelSource SOURCE =
      new KernelSource(file -> KernelSources.class.getResourceAsStream(FOLDER + file));

  // IEEE division, roots and subnormal numbers, which are defaults, said all the same: error bounds
  // hold for them only.
  private static final List<String> STANDARD =
      List.of("--std=c++17", "--prec-div=true", "--prec-sqrt=true", "--ftz=false", "--fmad=true");

  private KernelSources() {}

  /** The text that is compiled, complete. */
  static String text(KernelVariant variant) {
    return SOURCE.of(variant.file());
  }

  /**
   * Options of NVRTC.
   *
   * @param architecture {@code sm_80} for machine code, {@code compute_75} for PTX
   */
  static List<String> options(KernelVariant variant, String architecture) {
    List<String> options = new ArrayList<>(STANDARD);
    options.add("--gpu-architecture=" + architecture);
    variant.defines().assignments().forEach(define -> options.add("-D" + define));
    return List.copyOf(options);
  }
}
