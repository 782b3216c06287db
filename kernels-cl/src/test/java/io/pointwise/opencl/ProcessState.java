// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What this process holds, as the kernel and the C library count it and not as our code does.
 *
 * @param mallocBytes in blocks of {@code malloc} that are in use
 * @param anonymousBytes resident, and of no file
 * @param mappings of memory
 * @param descriptors open ones
 * @param threads of the kernel
 * @param files in the folder that all temporary and cached files go to
 */
record ProcessState(
    long mallocBytes,
    long anonymousBytes,
    long mappings,
    long descriptors,
    long threads,
    long files) {
  // struct mallinfo2 is ten numbers. Large blocks are mappings of their own, counted apart.
  private static final MemoryLayout MALLINFO =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));
  private static final long BYTES_MAPPED = 4;
  private static final long BYTES_IN_ARENAS = 7;

  private static final Path SELF = Path.of("/proc/self");

  /** Whether this system can be asked: a Linux with glibc 2.33 or newer. */
  static boolean canBeRead() {
    return Files.isReadable(SELF.resolve("smaps_rollup"))
        && Linker.nativeLinker().defaultLookup().find("mallinfo2").isPresent();
  }

  /** As it is now. */
  static ProcessState read(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      return new ProcessState(
          allocated(),
          anonymous(),
          Files.readAllLines(SELF.resolve("maps")).size(),
          entries("fd"),
          entries("task"),
          below.count());
    }
  }

  private static long allocated() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) Mallinfo.CALL.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(ValueLayout.JAVA_LONG, BYTES_MAPPED)
          + info.getAtIndex(ValueLayout.JAVA_LONG, BYTES_IN_ARENAS);
    } catch (Throwable e) {
      throw new IllegalStateException("mallinfo2 cannot be called", e);
    }
  }

  /** Made once: making a handle takes memory. */
  private static final class Mallinfo {
    // Only the C library knows; the signature is that of its header.
    @SuppressWarnings("restricted")
    private static final MethodHandle CALL =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("mallinfo2"),
                FunctionDescriptor.of(MALLINFO));
  }

  private static long anonymous() throws IOException {
    return Files.readAllLines(SELF.resolve("smaps_rollup")).stream()
        .filter(line -> line.startsWith("Anonymous:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static long entries(String folder) throws IOException {
    try (Stream<Path> entries = Files.list(SELF.resolve(folder))) {
      return entries.count();
    }
  }

  /** As one line, for {@link #parse}. */
  String line() {
    return String.join(
        " ",
        Stream.of(mallocBytes, anonymousBytes, mappings, descriptors, threads, files)
            .map(String::valueOf)
            .toList());
  }

  static ProcessState parse(String line) {
    long[] n = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    return new ProcessState(n[0], n[1], n[2], n[3], n[4], n[5]);
  }
}
