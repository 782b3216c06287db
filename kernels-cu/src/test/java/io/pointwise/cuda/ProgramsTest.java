// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceException;
import io.pointwise.device.kernel.Defines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs are compiled once and kept on disk; what is wrong with one is told with file and line.
 */
final class ProgramsTest {
  @TempDir private Path folder;

  private Path cache() {
    return folder.resolve("programs");
  }

  /** Plans and runs on a device of its own; returns how many programs were compiled. */
  private int builds() {
    try (CudaDevice device = InstalledCuda.open(cache())) {
      SmallNetwork.requireRight(device);
      return device.programs().builds();
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(cache())) {
      return files.sorted().toList();
    }
  }

  @Test
  void aSecondDeviceCompilesNothing() throws IOException {
    int first = builds();
    assertTrue(first > 0, "nothing was compiled");
    assertEquals(first, entries().size());
    assertEquals(0, builds());
  }

  @Test
  void onePlanAfterTheOtherCompilesNothingMore() {
    try (CudaDevice device = InstalledCuda.open(null)) {
      SmallNetwork.requireRight(device);
      int first = device.programs().builds();
      SmallNetwork.requireRight(device);
      assertEquals(first, device.programs().builds());
    }
  }

  @Test
  void damagedEntriesAreBuiltAgain() throws IOException {
    int first = builds();
    for (Path entry : entries()) {
      byte[] bytes = Files.readAllBytes(entry);
      bytes[bytes.length / 2] ^= 1;
      Files.write(entry, bytes);
    }
    assertEquals(first, builds());
    assertEquals(0, builds());
  }

  @Test
  void buildErrorsNameFileAndLine() {
    try (CudaDevice device = InstalledCuda.open(null)) {
      Defines defines = Defines.NONE.with("INDEX", "int").with("ACTIVATION", "no_such_function");
      DeviceException failure =
          assertThrows(DeviceException.class, () -> device.programs().kernel("activate", defines));
      String message = String.valueOf(failure.getMessage());
      for (String part : List.of("nvrtcCompileProgram", "activate.cu", "no_such_function")) {
        assertTrue(message.contains(part), message);
      }
      assertTrue(message.matches("(?s).*activate\\.cu[:(]\\d+.*"), message);
      SmallNetwork.requireRight(device);
    }
  }
}
