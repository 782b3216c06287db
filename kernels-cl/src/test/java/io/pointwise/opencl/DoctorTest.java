// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.kernel.LibraryFolders;
import io.pointwise.device.kernel.ProgramCache;
import io.pointwise.opencl.host.Calls;
import io.pointwise.opencl.host.DeviceFacts;
import io.pointwise.opencl.host.Discovery;
import io.pointwise.opencl.host.FoundDevice;
import io.pointwise.opencl.host.FoundPlatform;
import io.pointwise.opencl.host.InstalledPlatforms;
import io.pointwise.opencl.host.LibraryMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is missing is told with one cause and one fix. */
final class DoctorTest {
  private static final Discovery MISSING =
      () -> {
        throw new LibraryMissingException("Could not load libOpenCL.so\nat some place");
      };

  @TempDir private Path folder;

  private DeviceProvider.Probe probe(Discovery discovery) {
    return new OpenClProvider(
            discovery,
            new Doctor(new LibraryFolders(List.of(folder))),
            new ProgramCache(null),
            Calls.JOCL)
        .probe();
  }

  private void tells(Discovery discovery, String reason, String fix) {
    DeviceProvider.Unavailable told =
        assertInstanceOf(DeviceProvider.Unavailable.class, probe(discovery));
    assertTrue(told.reason().contains(reason), told::reason);
    assertTrue(told.fix().contains(fix), told::fix);
    for (String sentence : List.of(told.reason(), told.fix())) {
      assertTrue(sentence.endsWith("."), sentence);
      assertEquals(1, sentence.lines().count(), sentence);
    }
  }

  @Test
  void noLoader() {
    tells(MISSING, "no OpenCL loader", "ocl-icd-opencl-dev");
  }

  @Test
  void loaderWithoutTheNameThatIsAskedFor() throws IOException {
    Files.createFile(folder.resolve("libOpenCL.so.1"));
    tells(MISSING, "libOpenCL.so.1, but not under the name libOpenCL.so", "ocl-icd-opencl-dev");
  }

  @Test
  void loaderThatCannotBeLoaded() throws IOException {
    Files.createFile(folder.resolve("libOpenCL.so"));
    tells(MISSING, "Could not load libOpenCL.so.", "java.io.tmpdir");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutALoaderNothingIsLoaded() {
    tells(
        new InstalledPlatforms(new LibraryFolders(List.of(folder))), "no OpenCL loader", "Install");
  }

  @Test
  void noPlatform() {
    tells(List::of, "no platform", "pocl-opencl-icd");
  }

  @Test
  void platformWithoutDevices() {
    tells(() -> List.of(new FoundPlatform("Vendor CL", List.of())), "Vendor CL", "render");
  }

  @Test
  void deviceThatCannotRunKernels() {
    Discovery discovery =
        () -> List.of(platform(facts("Old", false, 64), facts("Small", true, 32)));
    tells(discovery, "Old has no compiler; Small has addresses of 32 bits", "pocl-opencl-icd");
  }

  @Test
  void failingCall() {
    Discovery discovery =
        () -> {
          throw new DeviceException("clGetDeviceIDs failed with CL_OUT_OF_HOST_MEMORY: counting");
        };
    tells(discovery, "CL_OUT_OF_HOST_MEMORY", "clinfo");
  }

  @Test
  void devicesAreNumberedOverAllPlatforms() {
    Discovery discovery =
        () ->
            List.of(
                platform(facts("First", true, 64), facts("Old", false, 64)),
                platform(facts("Second", true, 64)));
    DeviceProvider.Found found = assertInstanceOf(DeviceProvider.Found.class, probe(discovery));
    assertEquals(
        List.of("opencl:0 First", "opencl:1 Second"),
        found.devices().stream().map(device -> device.id() + " " + device.name()).toList());
    assertEquals(DeviceInfo.Type.GPU, found.devices().getFirst().type());
  }

  private static FoundPlatform platform(DeviceFacts... devices) {
    return new FoundPlatform(
        "Vendor CL",
        List.of(devices).stream()
            .map(facts -> new FoundDevice(new cl_platform_id(), new cl_device_id(), facts))
            .toList());
  }

  private static DeviceFacts facts(String name, boolean compiler, int addressBits) {
    return new DeviceFacts(
        name,
        "Vendor",
        "1.0",
        "Vendor CL",
        "OpenCL 1.2",
        DeviceInfo.Type.GPU,
        1L << 30,
        1L << 28,
        256,
        8,
        1,
        true,
        compiler,
        addressBits);
  }
}
