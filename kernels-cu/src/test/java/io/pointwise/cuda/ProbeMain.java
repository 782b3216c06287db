// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.kernel.ProgramCache;

/** Started in a JVM of its own: probes, and if that finds a device, runs a network on it. */
final class ProbeMain {
  private ProbeMain() {}

  /** Prints the reason and the fix, or what was found; no arguments. */
  public static void main(String[] arguments) {
    CudaProvider provider = new CudaProvider(new ProgramCache(null));
    switch (provider.probe()) {
      case DeviceProvider.Unavailable no -> {
        System.out.println("reason: " + no.reason());
        System.out.println("fix: " + no.fix());
        // Asked again it says the same.
        System.out.println("same: " + no.equals(provider.probe()));
      }
      case DeviceProvider.Found found -> {
        DeviceInfo info = found.devices().getFirst();
        System.out.println("driver: " + info.driver());
        found.notes().values().forEach(note -> System.out.println("note: " + note));
        try (Device device = provider.open(info, DeviceOptions.DEFAULT)) {
          SmallNetwork.requireRight(device);
          System.out.println("ran: " + info.id() + (info.simulated() ? " simulated" : ""));
        }
      }
    }
  }
}
