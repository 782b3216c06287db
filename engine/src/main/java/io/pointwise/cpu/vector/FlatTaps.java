// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.layer.AxisTaps;

/** {@link AxisTaps} in flat arrays, one tap behind the other. */
final class FlatTaps {
  private final int[] starts;
  private final int[] sources;
  private final float[] weights;
  private final boolean[] outside;
  private final boolean copies;

  FlatTaps(AxisTaps taps) {
    int size = taps.sources().length;
    starts = new int[size + 1];
    for (int i = 0; i < size; i++) {
      starts[i + 1] = starts[i] + taps.sources()[i].length;
    }
    sources = new int[starts[size]];
    weights = new float[starts[size]];
    boolean single = true;
    for (int i = 0; i < size; i++) {
      single &= taps.sources()[i].length == 1 && taps.weights()[i][0] == 1;
      for (int tap = 0; tap < taps.sources()[i].length; tap++) {
        sources[starts[i] + tap] = taps.sources()[i][tap];
        weights[starts[i] + tap] = (float) taps.weights()[i][tap];
      }
    }
    outside = taps.outside();
    copies = single;
  }

  /** Indices of the output. */
  int size() {
    return outside.length;
  }

  /** The taps of index {@code i} are those from {@code starts[i]} to {@code starts[i + 1]}. */
  int[] starts() {
    return starts;
  }

  /** Index in the input of each tap. */
  int[] sources() {
    return sources;
  }

  /** Weight of each tap. */
  float[] weights() {
    return weights;
  }

  /** For each index, whether it lies where a constant stands. */
  boolean[] outside() {
    return outside;
  }

  /** Whether every index is one element of the input as it is. */
  boolean copies() {
    return copies;
  }

  /** The most taps of an index. */
  int mostTaps() {
    int most = 0;
    for (int i = 0; i < size(); i++) {
      most = Math.max(most, starts[i + 1] - starts[i]);
    }
    return most;
  }

  /** The source of each index's tap of this number; {@code none} where there are fewer. */
  int[] sourcesOfTap(int number, int none) {
    int[] column = new int[size()];
    for (int i = 0; i < column.length; i++) {
      int tap = starts[i] + number;
      column[i] = tap < starts[i + 1] ? sources[tap] : none;
    }
    return column;
  }

  /** The weight of each index's tap of this number; 0 where there are fewer. */
  float[] weightsOfTap(int number) {
    float[] column = new float[size()];
    for (int i = 0; i < column.length; i++) {
      int tap = starts[i] + number;
      column[i] = tap < starts[i + 1] ? weights[tap] : 0;
    }
    return column;
  }

  /** Whether index {@code i} is made of the same elements in the same way as the one before it. */
  boolean repeats(int i) {
    if (i == 0 || outside[i] != outside[i - 1]) {
      return false;
    }
    int count = starts[i + 1] - starts[i];
    if (starts[i] - starts[i - 1] != count) {
      return false;
    }
    for (int tap = starts[i]; tap < starts[i + 1]; tap++) {
      if (sources[tap] != sources[tap - count] || weights[tap] != weights[tap - count]) {
        return false;
      }
    }
    return true;
  }
}
