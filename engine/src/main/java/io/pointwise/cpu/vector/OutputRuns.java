// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/**
 * Which positions of a stretch of computed positions are outputs, and where they go: computed rows
 * are {@code columns} wide, of which the first {@code ow} count (see {@link WindowPlanes}).
 */
final class OutputRuns {
  private final int count;
  private final int[] starts;
  private final int[] lengths;
  private final int[] targets;

  private OutputRuns(int count, int[] starts, int[] lengths, int[] targets) {
    this.count = count;
    this.starts = starts;
    this.lengths = lengths;
    this.targets = targets;
  }

  /** One run of everything. */
  static OutputRuns whole(int length) {
    return new OutputRuns(1, new int[] {0}, new int[] {length}, new int[] {0});
  }

  /** The outputs among positions {@code from} to {@code to} (exclusive). */
  static OutputRuns of(int from, int to, int columns, int ow) {
    if (columns == ow) {
      return new OutputRuns(1, new int[] {0}, new int[] {to - from}, new int[] {from});
    }
    int most = (to - from) / columns + 2;
    int[] starts = new int[most];
    int[] lengths = new int[most];
    int[] targets = new int[most];
    int count = 0;
    for (int j = from; j < to; ) {
      int row = j / columns;
      int column = j % columns;
      if (column < ow) {
        starts[count] = j - from;
        lengths[count] = Math.min(ow - column, to - j);
        targets[count] = row * ow + column;
        count++;
      }
      j += columns - column;
    }
    return new OutputRuns(count, starts, lengths, targets);
  }

  int count() {
    return count;
  }

  /** First position of a run, relative to the stretch. */
  int start(int run) {
    return starts[run];
  }

  int length(int run) {
    return lengths[run];
  }

  /** Place of a run's first output in the output channel. */
  int target(int run) {
    return targets[run];
  }
}
