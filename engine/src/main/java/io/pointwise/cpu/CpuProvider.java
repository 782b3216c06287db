// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import java.util.List;

/** Finds the CPU, which is always there. */
public final class CpuProvider implements DeviceProvider {
  /** For ServiceLoader. */
  public CpuProvider() {}

  @Override
  public String kind() {
    return "cpu";
  }

  @Override
  public Probe probe() {
    return new Found(List.of(info()));
  }

  @Override
  public Device open(DeviceInfo info, DeviceOptions options) {
    int threads =
        options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
    return new CpuDevice(info, threads, options.maxIsa());
  }

  private static DeviceInfo info() {
    return new DeviceInfo(
        "cpu",
        "cpu",
        DeviceInfo.Type.CPU,
        HostCpu.name(),
        HostCpu.vendor(),
        "Java " + Runtime.version(),
        HostCpu.memoryBytes(),
        false);
  }
}
