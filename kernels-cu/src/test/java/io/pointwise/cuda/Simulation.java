// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.softwarecuda.SoftwareCuda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The software CUDA, where it is what the tests run on; else they are skipped. */
final class Simulation {
  private Simulation() {}

  /** That behind an open device. */
  static SoftwareCuda behind(CudaDevice device) throws IOException {
    assumeTrue(device.info().simulated(), "only the software CUDA counts calls");
    Optional<SoftwareCuda> software = SoftwareCuda.find();
    Path used = Path.of(System.getenv().getOrDefault("POINTWISE_CUDA_PATH", ""));
    assumeTrue(
        software.isPresent() && Files.isSameFile(software.get().folder(), used),
        "POINTWISE_CUDA_PATH names another software CUDA than that of this build");
    return software.orElseThrow();
  }

  /** The values of some counters. */
  static Map<String, Long> counters(SoftwareCuda software, String... names) {
    Map<String, Long> values = new TreeMap<>();
    for (String name : names) {
      values.put(name, software.counter(name));
    }
    return values;
  }
}
