// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * Versions of the libraries that were loaded.
 *
 * @param driver the newest CUDA that the driver supports, as {@code 1000·major + 10·minor}
 * @param cublas as {@code 10000·major + 100·minor + patch}
 * @param cudnn as {@code 10000·major + 100·minor + patch}
 * @param nvrtc as {@code 1000·major + 10·minor}; nothing where none is used
 * @param simulated whether the driver is software that plays a GPU
 */
public record LibraryVersions(
    int driver, int cublas, int cudnn, OptionalInt nvrtc, boolean simulated) {
  /** As {@code CUDA 12.6, cuBLAS 12.6.3, cuDNN 9.5.1, NVRTC 12.6}, or {@code no NVRTC}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "CUDA %s, cuBLAS %s, cuDNN %s, %s",
        unpatched(driver),
        patched(cublas),
        patched(cudnn),
        nvrtc.isPresent() ? "NVRTC " + unpatched(nvrtc.getAsInt()) : "no NVRTC");
  }

  private static String unpatched(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  private static String patched(int version) {
    return version / 10_000 + "." + version / 100 % 100 + "." + version % 100;
  }
}
