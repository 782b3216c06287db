// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.devices;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document of {@code pointwise devices --json}.
 *
 * @param schema name and version of this format
 * @param devices found, and providers that found none
 */
record DevicesReport(String schema, List<Entry> devices) {
  /**
   * A device, or a kind of which there is none.
   *
   * @param id as in {@code --device}; the kind where nothing was found
   * @param kind the provider's
   * @param name for people; empty where nothing was found
   * @param vendor who made it
   * @param driver software between us and it
   * @param memoryBytes memory that it can use
   * @param status available, unavailable or simulated
   * @param reason why it is unavailable, or null
   * @param fix what to do about it, or null
   * @param note what of an available one is not as it could be, and what to do about it, or null
   */
  record Entry(
      String id,
      String kind,
      String name,
      String vendor,
      String driver,
      @JsonProperty("memory_bytes") long memoryBytes,
      String status,
      @Nullable String reason,
      @Nullable String fix,
      @Nullable String note) {
    static Entry of(DeviceInfo info, @Nullable String note) {
      return new Entry(
          info.id(),
          info.kind(),
          info.name(),
          info.vendor(),
          info.driver(),
          info.memoryBytes(),
          info.simulated() ? "simulated" : "available",
          null,
          null,
          note);
    }

    static Entry of(String kind, DeviceProvider.Unavailable no) {
      return new Entry(kind, kind, "", "", "", 0, "unavailable", no.reason(), no.fix(), null);
    }
  }

  static DevicesReport of(Map<String, DeviceProvider.Probe> probes) {
    List<Entry> entries = new ArrayList<>();
    probes.forEach(
        (kind, probe) -> {
          switch (probe) {
            case DeviceProvider.Found found ->
                found
                    .devices()
                    .forEach(info -> entries.add(Entry.of(info, found.notes().get(info.id()))));
            case DeviceProvider.Unavailable no -> entries.add(Entry.of(kind, no));
          }
        });
    return new DevicesReport("pointwise-devices/1", List.copyOf(entries));
  }
}
