// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Fills an arena with NaN before a run and checks after it that no step wrote into the bands that
 * no storage or workspace ever covers. Works on any device, through uploads and downloads.
 *
 * <p>A band may be covered by another storage at another time, so only bytes outside all of them
 * are watched, and a step that reads what it should not gets NaN.
 */
final class GuardBands {
  /** A quiet NaN that no computation gives. */
  private static final int PATTERN = 0x7FC0BEEF;

  private record Range(long from, long to) {}

  private final MemorySegment image;
  private final List<Range> watched;

  GuardBands(Blueprint blueprint, long arenaBytes) {
    image = Arena.ofAuto().allocate(arenaBytes, ValueLayout.JAVA_LONG.byteAlignment());
    watched = outside(blueprint, arenaBytes);
  }

  void arm(DeviceStream stream, DeviceBuffer arena) {
    for (long i = 0; i < image.byteSize() / Integer.BYTES; i++) {
      image.setAtIndex(ValueLayout.JAVA_INT, i, PATTERN);
    }
    stream.upload(image, whole(arena));
    stream.await();
  }

  void check(DeviceStream stream, DeviceBuffer arena) {
    stream.download(whole(arena), image);
    stream.await();
    for (Range range : watched) {
      for (long at = range.from(); at < range.to(); at += Integer.BYTES) {
        int found = image.get(ValueLayout.JAVA_INT, at);
        if (found != PATTERN) {
          throw new DeviceException(
              "a step wrote outside its output and workspace: guard band at byte "
                  + at
                  + " of the arena holds "
                  + Float.intBitsToFloat(found));
        }
      }
    }
  }

  private BufferSlice whole(DeviceBuffer arena) {
    return arena.slice(0, image.byteSize());
  }

  private static List<Range> outside(Blueprint blueprint, long arenaBytes) {
    List<Range> covered = new ArrayList<>();
    Memory memory = blueprint.memory();
    for (Storage storage : blueprint.storages()) {
      long from = memory.offsets().get(storage.id());
      if (from != Memory.CONSTANT) {
        covered.add(new Range(from, from + storage.bytes()));
      }
    }
    for (int i = 0; i < blueprint.steps().size(); i++) {
      long from = memory.workspaceOffsets().get(i);
      covered.add(new Range(from, from + blueprint.steps().get(i).choice().workspaceBytes()));
    }
    covered.sort(Comparator.comparingLong(Range::from));
    List<Range> gaps = new ArrayList<>();
    long end = 0;
    for (Range range : covered) {
      if (range.from() > end) {
        gaps.add(new Range(end, range.from()));
      }
      end = Math.max(end, roundUp(range.to()));
    }
    if (end < arenaBytes) {
      gaps.add(new Range(end, arenaBytes));
    }
    return gaps;
  }

  private static long roundUp(long bytes) {
    return Math.ceilDiv(bytes, (long) Integer.BYTES) * Integer.BYTES;
  }
}
