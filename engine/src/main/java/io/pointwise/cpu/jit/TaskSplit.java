// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * How tiles and groups of channels of an image are split into tasks for the threads.
 *
 * @param tiles in all
 * @param groups in all
 * @param tileParts into which the tiles are split
 * @param groupParts into which the groups are split
 * @param threads that the work is worth
 */
record TaskSplit(int tiles, int groups, int tileParts, int groupParts, int threads) {
  /** Tasks for each thread: some, so that one that was held up does not hold up all. */
  private static final int TASKS_PER_THREAD = 4;

  /** Products below which a task is not worth handing out: some microseconds. */
  private static final long LEAST_MACS = 200_000;

  /**
   * @param macs of an image
   */
  static TaskSplit of(int tiles, int groups, int images, long macs, int threads) {
    int worth = worth(macs * images, threads);
    if (worth == 1) {
      return new TaskSplit(tiles, groups, 1, 1, 1);
    }
    long tasks = Math.min((long) threads * TASKS_PER_THREAD, macs * images / LEAST_MACS);
    long wanted = Math.ceilDiv(tasks, (long) images);
    // Tiles first, so that each thread reads a part of the input; then groups.
    int tileParts = (int) Math.min(wanted, tiles);
    int groupParts = (int) Math.min(Math.ceilDiv(wanted, (long) tileParts), groups);
    return new TaskSplit(tiles, groups, tileParts, groupParts, worth);
  }

  /** Threads, of those that there are, that so many products are worth. */
  static int worth(long macs, int threads) {
    return Math.clamp(macs / LEAST_MACS, 1, threads);
  }

  int tasks() {
    return tileParts * groupParts;
  }

  /** A task's share. */
  record Part(int firstTile, int endTile, int firstGroup, int endGroup) {}

  Part part(int task) {
    int t = task % tileParts;
    int g = task / tileParts;
    return new Part(
        (int) ((long) tiles * t / tileParts),
        (int) ((long) tiles * (t + 1) / tileParts),
        (int) ((long) groups * g / groupParts),
        (int) ((long) groups * (g + 1) / groupParts));
  }
}
