// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import io.pointwise.device.DeviceProvider.Unavailable;
import io.pointwise.device.kernel.LibraryFolders;
import io.pointwise.opencl.host.FoundPlatform;
import java.util.List;
import java.util.stream.Collectors;

/** Says in one sentence why there is no OpenCL device, and in one what to do about it. */
final class Doctor {
  private static final String INSTALL_DRIVER =
      "Install the OpenCL driver of your GPU's vendor, or pocl-opencl-icd to compute on the CPU.";

  private final LibraryFolders folders;

  /**
   * @param folders that may hold the OpenCL loader
   */
  Doctor(LibraryFolders folders) {
    this.folders = folders;
  }

  /** JOCL could not be loaded; it asks for {@code libOpenCL.so}, without a version. */
  Unavailable missingLibrary(String linkerMessage) {
    if (folders.have("libOpenCL.so")) {
      return new Unavailable(
          "The OpenCL library or its Java binding cannot be loaded: "
              + firstLine(linkerMessage)
              + ".",
          "Check that libOpenCL.so is for this processor, and that java.io.tmpdir ("
              + System.getProperty("java.io.tmpdir")
              + ") can be written to and allows executing.");
    }
    if (folders.have("libOpenCL.so.1")) {
      return new Unavailable(
          "The OpenCL loader is installed as libOpenCL.so.1, but not under the name libOpenCL.so"
              + " that the Java binding loads.",
          "Install ocl-icd-opencl-dev (Debian, Ubuntu) or your system's OpenCL development package,"
              + " which has that name.");
    }
    return new Unavailable(
        "There is no OpenCL loader (libOpenCL.so) on this machine.",
        "Install ocl-icd-opencl-dev (Debian, Ubuntu) or your system's OpenCL loader with its"
            + " development package, and a driver.");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  /** A call failed while looking. */
  Unavailable failingPlatform(String message) {
    return new Unavailable(
        "OpenCL is installed, but asking it for devices fails: " + firstLine(message) + ".",
        "Update or reinstall the OpenCL driver; clinfo should list the device.");
  }

  /** The loader works and there is no device to use. */
  Unavailable nothingFound(List<FoundPlatform> platforms) {
    if (platforms.isEmpty()) {
      return new Unavailable(
          "The OpenCL loader is installed, but no platform (driver) is.", INSTALL_DRIVER);
    }
    List<String> unusable =
        platforms.stream()
            .flatMap(platform -> platform.devices().stream())
            .map(device -> device.facts().name() + " " + device.facts().unusable())
            .toList();
    if (!unusable.isEmpty()) {
      return new Unavailable(
          "No OpenCL device can run kernels: " + String.join("; ", unusable) + ".", INSTALL_DRIVER);
    }
    String names = platforms.stream().map(FoundPlatform::name).collect(Collectors.joining(", "));
    return new Unavailable(
        "OpenCL is installed (" + names + "), but has no device.",
        "Check that the device is there and that this user may use it (on Linux, group render or"
            + " video); else install another OpenCL driver.");
  }
}
