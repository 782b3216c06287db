// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * Empties caches: writes twice the size of the processor's last-level cache, with all cores, and
 * for a device with memory of its own uploads as much to it.
 */
final class CacheSweep implements Runnable, AutoCloseable {
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
  private static final long UNKNOWN_CACHE_BYTES = 128L << 20;
  private static final int LINE_BYTES = 64;
  private static final long CHUNK_BYTES = 1L << 20;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final DeviceStream stream;
  private final DeviceBuffer buffer;
  private final boolean ownMemory;
  private byte value;

  CacheSweep(Device device) {
    long bytes = 2 * Math.ceilDiv(lastLevelBytes(CACHES), CHUNK_BYTES) * CHUNK_BYTES;
    ownMemory = !device.sharesHostMemory();
    memory = arena.allocate(bytes, LINE_BYTES);
    stream = device.openStream();
    buffer = device.allocate(ownMemory ? bytes : LINE_BYTES);
  }

  @Override
  public void run() {
    value++;
    LongStream.range(0, memory.byteSize() / CHUNK_BYTES).parallel().forEach(this::dirty);
    if (ownMemory) {
      stream.upload(memory, buffer.whole());
      stream.await();
    }
  }

  private void dirty(long chunk) {
    long end = (chunk + 1) * CHUNK_BYTES;
    for (long at = chunk * CHUNK_BYTES; at < end; at += LINE_BYTES) {
      memory.set(ValueLayout.JAVA_BYTE, at, value);
    }
  }

  /** The largest cache that Linux tells of in this folder, else a generous guess. */
  static long lastLevelBytes(Path caches) {
    long largest = 0;
    if (Files.isDirectory(caches)) {
      try (DirectoryStream<Path> indexes = Files.newDirectoryStream(caches, "index*")) {
        for (Path index : indexes) {
          largest = Math.max(largest, bytes(Files.readString(index.resolve("size")).strip()));
        }
      } catch (IOException e) {
        return UNKNOWN_CACHE_BYTES;
      }
    }
    return largest > 0 ? largest : UNKNOWN_CACHE_BYTES;
  }

  private static long bytes(String size) {
    if (!size.matches("[0-9]{1,9}[KMG]?")) {
      return 0;
    }
    String digits = size.replaceAll("[KMG]", "");
    int shift = size.endsWith("K") ? 10 : size.endsWith("M") ? 20 : size.endsWith("G") ? 30 : 0;
    return Long.parseLong(digits) << shift;
  }

  @Override
  public void close() {
    stream.close();
    buffer.close();
    arena.close();
  }
}
