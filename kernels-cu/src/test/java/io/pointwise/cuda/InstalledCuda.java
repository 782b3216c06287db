// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.kernel.ProgramCache;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The first CUDA device of this machine; tests are skipped, or fail, where there is none. */
final class InstalledCuda {
  private InstalledCuda() {}

  /** Opens it with programs in {@code cache}, or without a cache. */
  static CudaDevice open(@Nullable Path cache) {
    return open(cache, DeviceOptions.DEFAULT);
  }

  /** Opens it in a certain way. */
  static CudaDevice open(@Nullable Path cache, DeviceOptions options) {
    CudaProvider provider = new CudaProvider(new ProgramCache(cache));
    return switch (provider.probe()) {
      case DeviceProvider.Found found -> {
        DeviceInfo first = found.devices().getFirst();
        yield (CudaDevice) provider.open(first, options);
      }
      case DeviceProvider.Unavailable no -> {
        String required = System.getenv().getOrDefault("POINTWISE_REQUIRED_DEVICES", "");
        if (Arrays.asList(required.split(",", -1)).contains("cuda")) {
          throw new AssertionError("cuda is required: " + no.reason() + " " + no.fix());
        }
        assumeTrue(false, no.reason());
        throw new IllegalStateException("not reached");
      }
    };
  }
}
