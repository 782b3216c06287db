// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * Planes of equal lines, cut into tasks of consecutive lines: whole planes, several of them, or
 * parts of one, so that small activations keep all threads busy and large ones make tasks of some
 * tens of microseconds.
 *
 * @param planes in all
 * @param lines of a plane
 * @param linesPerTask at least 1
 */
record LineTasks(long planes, int lines, long linesPerTask) {
  /** Tasks for each thread: some, so that one that was held up does not hold up all. */
  private static final int TASKS_PER_THREAD = 4;

  /** Vector operations below which a task is not worth handing out: a microsecond or two. */
  private static final long LEAST_OPERATIONS = 1 << 12;

  /** Vector operations that make some tens of microseconds. */
  private static final long MOST_OPERATIONS = 1 << 16;

  /** Consecutive lines of a plane. */
  @FunctionalInterface
  interface Lines {
    /**
     * Does these lines.
     *
     * @param plane from 0
     * @param first line
     * @param end behind the last line
     */
    void run(long plane, int first, int end);
  }

  /**
   * Cuts planes by what their lines cost.
   *
   * @param operations on vectors that a line takes, loads and stores included
   */
  static LineTasks of(long planes, int lines, long operations, int threads) {
    long all = planes * lines;
    long each = Math.max(operations, 1);
    long even = Math.ceilDiv(all, (long) threads * TASKS_PER_THREAD);
    long least = Math.ceilDiv(LEAST_OPERATIONS, each);
    long most = Math.max(1, MOST_OPERATIONS / each);
    return new LineTasks(planes, lines, Math.max(Math.min(Math.max(even, least), most), 1));
  }

  int count() {
    return Math.toIntExact(Math.ceilDiv(planes * lines, linesPerTask));
  }

  /** Does one task's lines, plane after plane. */
  void run(int task, Lines body) {
    long at = task * linesPerTask;
    long end = Math.min(at + linesPerTask, planes * lines);
    while (at < end) {
      long plane = at / lines;
      int first = (int) (at % lines);
      int last = (int) Math.min(lines, first + end - at);
      body.run(plane, first, last);
      at += last - first;
    }
  }
}
