// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceException;
import io.pointwise.device.kernel.Defines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs are built once, kept on disk, and whatever is on disk cannot do harm. */
final class ProgramsTest {
  @TempDir private Path folder;

  private Path cache() {
    return folder.resolve("programs");
  }

  /** Plans and runs on a device of its own; returns how many programs were compiled. */
  private int builds() {
    try (OpenClDevice device = InstalledOpenCl.open(cache())) {
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
  void aSecondProcessNeedsNoCompiler() throws IOException, InterruptedException {
    InstalledOpenCl.open(null).close();
    int first = Integer.parseInt(start(true));
    assertTrue(first > 0, "nothing was compiled");
    assertEquals("0", start(false));
  }

  @Test
  void aCompilerThatIsNeededIsMissed() {
    try (OpenClDevice device = InstalledOpenCl.open(cache(), CachedStart.NO_COMPILER)) {
      assertThrows(IllegalStateException.class, () -> SmallNetwork.requireRight(device));
    }
  }

  private String start(boolean compiler) throws IOException, InterruptedException {
    List<String> arguments = List.of(cache().toString(), Boolean.toString(compiler));
    return OtherProcess.run(CachedStart.class, List.of(), Map.of(), arguments).getFirst();
  }

  @Test
  void anEntryThatTheDriverDoesNotTakeIsBuiltAgain() throws IOException {
    int first = builds();
    for (Path entry : entries()) {
      byte[] bytes = Files.readAllBytes(entry);
      // Sound as far as the cache can tell: the driver has to find out.
      String key = entry.getFileName().toString().replace(".bin", "");
      byte[] binary = new byte[bytes.length - 32];
      byte[] hash = sha256(key.getBytes(StandardCharsets.US_ASCII), binary);
      System.arraycopy(hash, 0, bytes, 0, 32);
      System.arraycopy(binary, 0, bytes, 32, binary.length);
      Files.write(entry, bytes);
    }
    assertEquals(first, builds());
    assertEquals(0, builds());
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onePlanAfterTheOtherCompilesNothingMore() {
    try (OpenClDevice device = InstalledOpenCl.open(null)) {
      SmallNetwork.requireRight(device);
      int first = device.programs().builds();
      SmallNetwork.requireRight(device);
      assertEquals(first, device.programs().builds());
    }
  }

  @Test
  void damagedEntriesAreBuiltAgain() throws IOException {
    int first = builds();
    List<Path> entries = entries();
    for (int i = 0; i < entries.size(); i++) {
      byte[] bytes = Files.readAllBytes(entries.get(i));
      switch (i % 3) {
        case 0 -> bytes[bytes.length / 2] ^= 1;
        case 1 -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
        default -> bytes = new byte[0];
      }
      Files.write(entries.get(i), bytes);
    }
    assertEquals(first, builds());
    assertEquals(0, builds());
  }

  @Test
  void anEntryOfAnotherProgramIsBuiltAgain() throws IOException {
    builds();
    List<Path> entries = entries();
    byte[] first = Files.readAllBytes(entries.getFirst());
    byte[] last = Files.readAllBytes(entries.getLast());
    Files.write(entries.getFirst(), last);
    Files.write(entries.getLast(), first);
    assertEquals(2, builds());
    assertEquals(0, builds());
  }

  @Test
  void writersAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(this::builds);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      for (Future<Integer> future : threads.invokeAll(tasks)) {
        assertTrue(future.get() >= 0);
      }
    }
    assertTrue(
        entries().stream().allMatch(file -> file.toString().endsWith(".bin")),
        () -> "temporary files are left in " + cache());
    assertEquals(0, builds());
  }

  @Test
  void theFolderIsTheUsersAlone() throws IOException {
    builds();
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())));
  }

  @Test
  void aFolderThatOthersMayWriteToIsLeftAlone() throws IOException {
    int first = builds();
    Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(first, builds());
    Files.delete(entries().getFirst());
    assertEquals(first, builds());
    assertEquals(first - 1, entries().size());
  }

  @Test
  void aFolderThatCannotBeMadeIsNoError() throws IOException {
    Files.createFile(cache());
    assertTrue(builds() > 0);
  }

  @Test
  void buildErrorsNameFileAndLine() {
    try (OpenClDevice device = InstalledOpenCl.open(null)) {
      Defines defines = Defines.NONE.with("INDEX", "int").with("ACTIVATION", "no_such_function");
      DeviceException failure =
          assertThrows(DeviceException.class, () -> device.programs().kernel("activate", defines));
      String message = String.valueOf(failure.getMessage());
      for (String part : List.of("clBuildProgram", "activate.cl:12", "no_such_function")) {
        assertTrue(message.contains(part), message);
      }
    }
  }
}
