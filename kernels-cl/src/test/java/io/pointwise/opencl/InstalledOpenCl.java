// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.kernel.LibraryFolders;
import io.pointwise.device.kernel.ProgramCache;
import io.pointwise.opencl.host.Calls;
import io.pointwise.opencl.host.DeviceFacts;
import io.pointwise.opencl.host.Discovery;
import io.pointwise.opencl.host.FoundDevice;
import io.pointwise.opencl.host.FoundPlatform;
import io.pointwise.opencl.host.InstalledPlatforms;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The first OpenCL device of this machine; tests are skipped, or fail, where there is none. */
final class InstalledOpenCl {
  private InstalledOpenCl() {}

  /** Opens it with programs in {@code cache}, or without a cache. */
  static OpenClDevice open(@Nullable Path cache) {
    return open(cache, Calls.JOCL);
  }

  /** Opens it with calls that may fail. */
  static OpenClDevice open(@Nullable Path cache, Calls calls) {
    return open(new InstalledPlatforms(LibraryFolders.ofSystem()), cache, calls);
  }

  /**
   * Opens it as if it were a GPU, with calls that may fail: what a run reads and writes is
   * transferred, whatever the device is.
   */
  static OpenClDevice openAsGpu(Calls calls) {
    InstalledPlatforms platforms = new InstalledPlatforms(LibraryFolders.ofSystem());
    return open(
        () -> platforms.platforms().stream().map(InstalledOpenCl::asGpus).toList(), null, calls);
  }

  private static FoundPlatform asGpus(FoundPlatform platform) {
    return new FoundPlatform(
        platform.name(),
        platform.devices().stream()
            .map(each -> new FoundDevice(each.platform(), each.id(), asGpu(each.facts())))
            .toList());
  }

  private static DeviceFacts asGpu(DeviceFacts facts) {
    return new DeviceFacts(
        facts.name(),
        facts.vendor(),
        facts.driver(),
        facts.platform(),
        facts.platformVersion(),
        DeviceInfo.Type.GPU,
        facts.memoryBytes(),
        facts.maxBufferBytes(),
        facts.maxWorkGroupSize(),
        facts.computeUnits(),
        facts.floatLanes(),
        true,
        facts.compiler(),
        facts.addressBits());
  }

  private static OpenClDevice open(Discovery discovery, @Nullable Path cache, Calls calls) {
    OpenClProvider provider =
        new OpenClProvider(
            discovery, new Doctor(LibraryFolders.ofSystem()), new ProgramCache(cache), calls);
    return switch (provider.probe()) {
      case DeviceProvider.Found found -> {
        DeviceInfo first = found.devices().getFirst();
        yield (OpenClDevice) provider.open(first, DeviceOptions.DEFAULT);
      }
      case DeviceProvider.Unavailable no -> {
        String required = System.getenv().getOrDefault("POINTWISE_REQUIRED_DEVICES", "");
        if (Arrays.asList(required.split(",", -1)).contains("opencl")) {
          throw new AssertionError("opencl is required: " + no.reason() + " " + no.fix());
        }
        assumeTrue(false, no.reason());
        throw new IllegalStateException("not reached");
      }
    };
  }
}
