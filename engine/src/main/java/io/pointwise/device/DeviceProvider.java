// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.util.List;
import java.util.Map;

/**
 * ServiceLoader entry for one kind of device. {@link #probe} and {@link #open} must not throw
 * linkage errors.
 */
public interface DeviceProvider {
  /** The kind, as in {@code --device}: {@code cpu}. */
  String kind();

  /** Looks for devices without opening them. */
  Probe probe();

  /**
   * Opens a device that {@link #probe} found.
   *
   * @throws DeviceException if it cannot be opened
   */
  Device open(DeviceInfo info, DeviceOptions options);

  /** What was found. */
  sealed interface Probe {}

  /**
   * Devices are there.
   *
   * @param devices at least one, the default first
   * @param notes what of a device is not as it could be and what to do about it, in sentences, by
   *     its id; none for most
   */
  record Found(List<DeviceInfo> devices, Map<String, String> notes) implements Probe {
    public Found {
      devices = List.copyOf(devices);
      notes = Map.copyOf(notes);
    }

    /** With nothing to say of them. */
    public Found(List<DeviceInfo> devices) {
      this(devices, Map.of());
    }
  }

  /**
   * None can be used.
   *
   * @param reason one sentence: the cause
   * @param fix one sentence: what to do about it
   */
  record Unavailable(String reason, String fix) implements Probe {}
}
