// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.Locale;

/**
 * Versions of the libraries that were loaded.
 *
 * @param driver the newest CUDA that the driver supports, as {@code 1000·major + 10·minor}
 * @param cublas as {@code 10000·major + 100·minor + patch}
 * @param cudnn as {@code 10000·major + 100·minor + patch}
 * @param nvrtc as {@code 1000·major + 10·minor}
 * @param simulated whether the driver is software that plays a GPU
 */
public record LibraryVersions(int driver, int cublas, int cudnn, int nvrtc, boolean simulated) {
  /** As {@code CUDA 12.6, cuBLAS 12.6.3, cuDNN 9.5.1, NVRTC 12.6}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "CUDA %d.%d, cuBLAS %s, cuDNN %s, NVRTC %d.%d",
        driver / 1000,
        driver % 1000 / 10,
        patched(cublas),
        patched(cudnn),
        nvrtc / 1000,
        nvrtc % 1000 / 10);
  }

  private static String patched(int version) {
    return version / 10_000 + "." + version / 100 % 100 + "." + version % 100;
  }
}
