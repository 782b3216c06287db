// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.kernel.LibraryFolders;
import io.pointwise.device.kernel.ProgramCache;
import io.pointwise.opencl.host.Calls;
import io.pointwise.opencl.host.Discovery;
import io.pointwise.opencl.host.FoundDevice;
import io.pointwise.opencl.host.FoundPlatform;
import io.pointwise.opencl.host.InstalledPlatforms;
import io.pointwise.opencl.host.LibraryMissingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Devices of kind {@code opencl}: all devices of all platforms, numbered as the loader has them.
 */
public final class OpenClProvider implements DeviceProvider {
  private static final String KIND = "opencl";

  private final Discovery discovery;
  private final Doctor doctor;
  private final ProgramCache cache;
  private final Calls calls;

  /** For ServiceLoader. */
  public OpenClProvider() {
    this(LibraryFolders.ofSystem());
  }

  private OpenClProvider(LibraryFolders folders) {
    this(
        new InstalledPlatforms(folders),
        new Doctor(folders),
        ProgramCache.ofUser(KIND),
        Calls.JOCL);
  }

  OpenClProvider(Discovery discovery, Doctor doctor, ProgramCache cache, Calls calls) {
    this.discovery = discovery;
    this.doctor = doctor;
    this.cache = cache;
    this.calls = calls;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Probe probe() {
    List<FoundPlatform> platforms;
    try {
      platforms = discovery.platforms();
    } catch (LibraryMissingException e) {
      return doctor.missingLibrary(String.valueOf(e.getMessage()));
    } catch (DeviceException e) {
      return doctor.failingPlatform(String.valueOf(e.getMessage()));
    }
    List<DeviceInfo> devices = devices(platforms).stream().map(Numbered::info).toList();
    return devices.isEmpty() ? doctor.nothingFound(platforms) : new Found(devices);
  }

  @Override
  public Device open(DeviceInfo info, DeviceOptions options) {
    try {
      for (Numbered numbered : devices(discovery.platforms())) {
        // Not all of it: the memory that some drivers tell changes all the time.
        if (numbered.info().id().equals(info.id()) && numbered.info().name().equals(info.name())) {
          return new OpenClDevice(info, numbered.device(), cache, calls);
        }
      }
    } catch (LibraryMissingException e) {
      throw new DeviceException(info.id() + " cannot be opened: " + e.getMessage(), e);
    }
    throw new DeviceException(info.id() + " (" + info.name() + ") is not there any more");
  }

  /** A device and the number that it goes by. */
  private record Numbered(DeviceInfo info, FoundDevice device) {}

  /**
   * Those that can run kernels; a device without a compiler or with 32-bit addresses is left out.
   */
  private static List<Numbered> devices(List<FoundPlatform> platforms) {
    List<Numbered> devices = new ArrayList<>();
    for (FoundPlatform platform : platforms) {
      for (FoundDevice device : platform.devices()) {
        if (device.facts().isUsable()) {
          devices.add(new Numbered(info(devices.size(), device), device));
        }
      }
    }
    return devices;
  }

  private static DeviceInfo info(int number, FoundDevice device) {
    return new DeviceInfo(
        KIND + ":" + number,
        KIND,
        device.facts().type(),
        device.facts().name(),
        device.facts().vendor(),
        device.facts().platform() + " " + device.facts().driver(),
        device.facts().memoryBytes(),
        false);
  }
}
