// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.cli.Version;
import io.pointwise.cli.output.RanDevice;
import io.pointwise.cli.output.SkippedDevice;
import io.pointwise.cpu.CpuDevice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.Devices;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the numbers come from.
 *
 * @param version of this program
 * @param commit of its source, or {@code unknown}
 * @param java the JVM
 * @param os operating system and architecture
 * @param cpu name of the processor
 * @param cpuCores that the JVM may use
 * @param vectorBits of the CPU device's vectors; 0 without them, or when another device ran
 * @param peakGflopsPerCore FMA peak of a core with all the device's threads at work, the median of
 *     what was measured before each sample of this run; null unless measured
 * @param bestPeakGflopsPerCore the largest of these peaks; null unless measured
 * @param timestamp end of the run
 * @param devices that ran
 * @param skipped devices that were preferred but do not work
 */
public record HostEnvironment(
    String version,
    String commit,
    String java,
    String os,
    String cpu,
    @JsonProperty("cpu_cores") int cpuCores,
    @JsonProperty("vector_bits") int vectorBits,
    @JsonProperty("peak_gflops_per_core") @Nullable Double peakGflopsPerCore,
    @JsonProperty("peak_gflops_per_core_best") @Nullable Double bestPeakGflopsPerCore,
    String timestamp,
    List<RanDevice> devices,
    List<SkippedDevice> skipped) {
  /** Of a run that measured no peak. */
  public static HostEnvironment of(Devices devices, Devices.Selection selection) {
    return of(devices, selection, null);
  }

  static HostEnvironment of(
      Devices devices, Devices.Selection selection, PeakMeter.@Nullable Summary peak) {
    Device device = selection.device();
    return new HostEnvironment(
        Version.version(),
        Version.commit(),
        property("java.vm.name") + " " + Runtime.version(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        cpuName(devices, device.info()),
        Runtime.getRuntime().availableProcessors(),
        device instanceof CpuDevice cpu ? cpu.vectorBits() : 0,
        peak == null ? null : Double.valueOf(peak.median()),
        peak == null ? null : Double.valueOf(peak.best()),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        List.of(RanDevice.of(device.info())),
        SkippedDevice.of(selection.skipped()));
  }

  private static String cpuName(Devices devices, DeviceInfo ran) {
    if (ran.kind().equals("cpu")) {
      return ran.name();
    }
    return devices.probe().get("cpu") instanceof DeviceProvider.Found found
        ? found.devices().getFirst().name()
        : property("os.arch");
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
