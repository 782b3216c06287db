// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Finds devices through {@link ServiceLoader} and opens the one that a {@link DevicePolicy} asks
 * for.
 */
public final class Devices {
  private static final List<String> GPU_ORDER = List.of("cuda", "opencl");

  private final List<DeviceProvider> providers;

  /** Over these providers; for tests and for embedding without ServiceLoader. */
  public Devices(List<DeviceProvider> providers) {
    this.providers = List.copyOf(providers);
  }

  /** Over all providers that ServiceLoader finds, CUDA and OpenCL first, the CPU last. */
  public static Devices installed() {
    List<DeviceProvider> found = new ArrayList<>();
    ServiceLoader.load(DeviceProvider.class).forEach(found::add);
    found.sort(
        Comparator.comparingInt((DeviceProvider p) -> rank(p.kind()))
            .thenComparing(DeviceProvider::kind));
    return new Devices(found);
  }

  private static int rank(String kind) {
    int gpu = GPU_ORDER.indexOf(kind);
    return gpu >= 0 ? gpu : kind.equals("cpu") ? Integer.MAX_VALUE : GPU_ORDER.size();
  }

  /** What each provider found, by kind. */
  public Map<String, DeviceProvider.Probe> probe() {
    Map<String, DeviceProvider.Probe> probes = new LinkedHashMap<>();
    for (DeviceProvider provider : providers) {
      probes.put(provider.kind(), provider.probe());
    }
    return probes;
  }

  /**
   * A device that was opened, and the ones before it that were not.
   *
   * @param device open; the caller closes it
   * @param skipped names that were preferred but do not work, each with its reason
   */
  public record Selection(Device device, Map<String, String> skipped) {}

  /**
   * Opens the device that the policy asks for.
   *
   * @throws DeviceUnavailableException if there is none; the message has every reason
   */
  public Selection open(DevicePolicy policy, DeviceOptions options) {
    return switch (policy) {
      case DevicePolicy.Require require -> first(List.of(require.device()), options, false);
      case DevicePolicy.Prefer prefer -> first(prefer.devices(), options, false);
      case DevicePolicy.Automatic _ ->
          first(providers.stream().map(DeviceProvider::kind).toList(), options, true);
    };
  }

  private Selection first(List<String> names, DeviceOptions options, boolean automatic) {
    Map<String, String> skipped = new LinkedHashMap<>();
    for (String name : names) {
      try {
        return new Selection(open(name, options, automatic), skipped);
      } catch (DeviceUnavailableException | DeviceException e) {
        skipped.put(name, String.valueOf(e.getMessage()));
      }
    }
    throw new DeviceUnavailableException(String.join("; ", skipped.values()));
  }

  private Device open(String name, DeviceOptions options, boolean automatic) {
    String kind = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    DeviceProvider provider =
        providers.stream()
            .filter(p -> p.kind().equals(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    new DeviceUnavailableException(
                        "device "
                            + name
                            + " is not available: this installation has no \""
                            + kind
                            + "\" devices, only "
                            + providers.stream().map(DeviceProvider::kind).toList()));
    return switch (provider.probe()) {
      case DeviceProvider.Unavailable no ->
          throw new DeviceUnavailableException(
              "device " + name + " is not available: " + no.reason() + " " + no.fix());
      case DeviceProvider.Found found -> {
        List<DeviceInfo> allowed =
            found.devices().stream()
                .filter(info -> !automatic || kind.equals("cpu") || isUsableGpu(info))
                .toList();
        if (allowed.isEmpty()) {
          throw new DeviceUnavailableException(
              "device " + name + " is not available: no GPU among " + list(found.devices()));
        }
        yield provider.open(chosen(name, kind, allowed), options);
      }
    };
  }

  /** The first of a kind, the one with this number, or the only one with this in its name. */
  private static DeviceInfo chosen(String name, String kind, List<DeviceInfo> devices) {
    if (name.equals(kind)) {
      return devices.getFirst();
    }
    String part = name.substring(kind.length() + 1).strip();
    boolean number = part.matches("[0-9]+");
    List<DeviceInfo> fit =
        devices.stream()
            .filter(
                info ->
                    number
                        ? info.id().equals(name)
                        : info.name().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    if (fit.size() > 1) {
      throw new DeviceUnavailableException(
          "device " + name + " is not one device: the name fits " + list(fit));
    }
    if (fit.isEmpty()) {
      throw new DeviceUnavailableException(
          "device " + name + " is not available: found only " + list(devices));
    }
    return fit.getFirst();
  }

  private static String list(List<DeviceInfo> devices) {
    return devices.stream()
        .map(info -> info.id() + " (" + info.name() + ")")
        .collect(Collectors.joining(", "));
  }

  private static boolean isUsableGpu(DeviceInfo info) {
    return info.type() == DeviceInfo.Type.GPU && !info.simulated();
  }
}
