// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/** Weights in the order in which kernels read them, made once at planning. */
final class PackedWeights {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final MemorySegment memory;
  private long at;

  /** Room for so many floats. */
  PackedWeights(long floats, Arena arena) {
    memory = arena.allocate(Math.max(floats, 1) * Float.BYTES, Tensor.ALIGNMENT);
  }

  /**
   * Adds a panel {@code [order.length][width]}: for each step the weights of some output channels
   * next to each other, zeros where there are fewer than {@code width}.
   *
   * @param weight {@code [oc][reduction]}
   * @param first output channel
   * @param channels output channels
   * @param order place of each step's weight among those of a channel
   * @return the panel's address
   */
  long add(Tensor weight, int first, int channels, int width, int[] order) {
    long start = at;
    for (int channel = 0; channel < channels; channel++) {
      long from = (long) (first + channel) * order.length;
      for (int step = 0; step < order.length; step++) {
        memory.setAtIndex(
            FLOAT, start + (long) step * width + channel, weight.get(from + order[step]));
      }
    }
    at += (long) order.length * width;
    return memory.address() + start * Float.BYTES;
  }

  /** Adds values as they are, zeros behind them up to {@code length}; returns their address. */
  long add(float[] values, int length) {
    long start = at;
    MemorySegment.copy(values, 0, memory, FLOAT, start * Float.BYTES, values.length);
    at += length;
    return memory.address() + start * Float.BYTES;
  }

  /** Adds the biases, zeros where the layer has none or fewer than {@code length}. */
  long addBias(Weights weights, int length) {
    float[] none = {};
    return add(weights.has(Role.BIAS) ? weights.get(Role.BIAS).toArray() : none, length);
  }

  /** Weights of a channel as they lie, {@code length} of them. */
  static int[] inOrder(int length) {
    return IntStream.range(0, length).toArray();
  }

  long bytes() {
    return memory.byteSize();
  }
}
