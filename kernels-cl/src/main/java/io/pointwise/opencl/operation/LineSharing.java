// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.DeviceInfo;
import io.pointwise.opencl.host.DeviceFacts;
import java.util.Locale;

/**
 * How many work-items share a line, which is what softmax, reductions, global pooling and the
 * statistics of group normalisation work along: {@code lines.cl}.
 *
 * <p>On a CPU a work-item is a loop, and a line by one of them is as fast as it gets. A GPU has
 * many thousand work-items at a time: with fewer lines than that most of it would be idle, so then
 * a work-group takes a line. It also reads neighbouring elements together, where a line's elements
 * are neighbours.
 */
public enum LineSharing {
  /** As the device and the sizes are. */
  BY_DEVICE,
  /** A work-item a line. */
  ITEM,
  /** A work-group a line. */
  GROUP;

  /** The system property that says which, in lower case; for tests and for comparing. */
  public static final String PROPERTY = "pointwise.opencl.lines";

  /** Work-items that a compute unit of a GPU holds at a time: 1024 to 2048. */
  private static final long ITEMS_OF_A_UNIT = 1024;

  private static final int SMALL_GROUP = 64;
  private static final int LARGE_GROUP = 256;

  /** From here on a line keeps a large group busy. */
  private static final long LONG_LINE = 4L * LARGE_GROUP;

  /**
   * What {@value #PROPERTY} says, by default {@link #BY_DEVICE}.
   *
   * @throws IllegalArgumentException if it says something else
   */
  public static LineSharing ofSystem() {
    String wanted = System.getProperty(PROPERTY, "by_device");
    for (LineSharing sharing : values()) {
      if (sharing.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return sharing;
      }
    }
    throw new IllegalArgumentException(
        PROPERTY + " is \"" + wanted + "\", not by_device, item or group");
  }

  /**
   * Work-items for each line: 1 or a power of two.
   *
   * @param lines how many there are
   * @param size elements of a line
   */
  int workItems(DeviceFacts facts, long lines, long size) {
    boolean group =
        switch (this) {
          case ITEM -> false;
          case GROUP -> true;
          case BY_DEVICE ->
              facts.type() != DeviceInfo.Type.CPU
                  && size >= SMALL_GROUP
                  && lines < facts.computeUnits() * ITEMS_OF_A_UNIT;
        };
    if (!group) {
      return 1;
    }
    long wanted = size >= LONG_LINE ? LARGE_GROUP : SMALL_GROUP;
    return (int) Math.min(wanted, Long.highestOneBit(facts.maxWorkGroupSize()));
  }
}
