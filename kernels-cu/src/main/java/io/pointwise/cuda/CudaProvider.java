// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import io.pointwise.cuda.host.CudaLibraries;
import io.pointwise.cuda.host.DeviceFacts;
import io.pointwise.cuda.host.InstalledDevices;
import io.pointwise.cuda.host.LibraryVersions;
import io.pointwise.cuda.host.Loading;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.kernel.ProgramCache;
import java.util.List;

/** Devices of kind {@code cuda}: those that the NVIDIA driver knows, numbered as it has them. */
public final class CudaProvider implements DeviceProvider {
  private static final String KIND = "cuda";

  private final Doctor doctor = new Doctor();
  private final ProgramCache cache;

  /** For ServiceLoader. */
  public CudaProvider() {
    this(ProgramCache.ofUser(KIND));
  }

  CudaProvider(ProgramCache cache) {
    this.cache = cache;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Probe probe() {
    return switch (CudaLibraries.require()) {
      case Loading.Ready(LibraryVersions versions) -> devices(versions);
      case Loading.NoFolder(String path) -> doctor.noFolder(path);
      case Loading.Missing missing -> doctor.missing(missing);
      case Loading.WrongVersion wrong -> doctor.wrongVersion(wrong);
      case Loading.Unbound(String message) -> doctor.unbound(message);
    };
  }

  private Probe devices(LibraryVersions versions) {
    List<DeviceFacts> devices;
    try {
      devices = InstalledDevices.list();
    } catch (DeviceException e) {
      return doctor.failingDriver(String.valueOf(e.getMessage()));
    }
    return devices.isEmpty()
        ? doctor.nothingFound()
        : new Found(devices.stream().map(facts -> info(facts, versions)).toList());
  }

  @Override
  public Device open(DeviceInfo info, DeviceOptions options) {
    if (CudaLibraries.require() instanceof Loading.Ready(LibraryVersions versions)) {
      for (DeviceFacts facts : InstalledDevices.list()) {
        if (info(facts, versions).equals(info)) {
          return new CudaDevice(info, facts, versions, cache, options);
        }
      }
    }
    throw new DeviceException(info.id() + " (" + info.name() + ") is not there any more");
  }

  private static DeviceInfo info(DeviceFacts facts, LibraryVersions versions) {
    return new DeviceInfo(
        KIND + ":" + facts.ordinal(),
        KIND,
        DeviceInfo.Type.GPU,
        facts.name(),
        versions.simulated() ? "Pointwise, for tests" : "NVIDIA",
        versions.toString(),
        facts.memoryBytes(),
        versions.simulated());
  }
}
