// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import io.pointwise.cuda.host.CudaLibraries;
import io.pointwise.cuda.host.DeviceFacts;
import io.pointwise.cuda.host.InstalledDevices;
import io.pointwise.cuda.host.LibraryVersions;
import io.pointwise.cuda.host.Loading;
import io.pointwise.cuda.host.ProgramChoice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.kernel.ProgramCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
      case Loading.Ready ready -> devices(ready);
      case Loading.NoFolder(String path) -> doctor.noFolder(path);
      case Loading.Problem problem -> doctor.problem(problem);
      case Loading.Unbound(String message) -> doctor.unbound(message);
    };
  }

  private Probe devices(Loading.Ready ready) {
    List<DeviceInfo> found = new ArrayList<>();
    Map<String, String> notes = new LinkedHashMap<>();
    try {
      for (DeviceFacts facts : InstalledDevices.list()) {
        DeviceInfo info = info(facts, ready.versions());
        found.add(info);
        if (ProgramChoice.of(facts, ready) instanceof ProgramChoice.Shipped shipped) {
          notes.put(info.id(), doctor.shipped(facts, shipped));
        }
      }
    } catch (DeviceException e) {
      return doctor.failingDriver(String.valueOf(e.getMessage()));
    }
    return found.isEmpty() ? doctor.nothingFound() : new Found(found, notes);
  }

  @Override
  public Device open(DeviceInfo info, DeviceOptions options) {
    if (CudaLibraries.require() instanceof Loading.Ready ready) {
      for (DeviceFacts facts : InstalledDevices.list()) {
        if (info(facts, ready.versions()).equals(info)) {
          ProgramChoice choice = ProgramChoice.of(facts, ready);
          List<String> notices =
              choice instanceof ProgramChoice.Shipped shipped
                  ? List.of(info.id() + ": " + doctor.shipped(facts, shipped))
                  : List.of();
          return new CudaDevice(info, facts, ready.versions(), choice, notices, cache, options);
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
