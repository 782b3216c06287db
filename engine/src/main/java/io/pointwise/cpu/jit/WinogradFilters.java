// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Winograd;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Transformed filters, {@code U = G g Gᵀ}, computed in double precision and rounded once: {@code
 * [product][group][ic][vectors · lanes]}.
 */
final class WinogradFilters {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int TAPS = Winograd.TAPS * Winograd.TAPS;

  private final ConvSpec spec;
  private final int channels;
  private final MemorySegment memory;
  private final int lanes;

  private WinogradFilters(ConvSpec spec, int channels, int lanes, MemorySegment memory) {
    this.spec = spec;
    this.channels = channels;
    this.lanes = lanes;
    this.memory = memory;
  }

  /** Bytes for a convolution with so many output channels, those of whole vectors. */
  static long bytes(ConvSpec spec, Winograd formula, int channels) {
    return (long) formula.products() * spec.ic() * channels * Float.BYTES;
  }

  static WinogradFilters pack(
      ConvSpec spec,
      Winograd formula,
      List<VectorGroups.Group> groups,
      Host host,
      Tensor weight,
      Arena arena) {
    int lanes = host.lanes();
    int channels = Math.ceilDiv(spec.oc(), lanes) * lanes;
    MemorySegment memory = arena.allocate(bytes(spec, formula, channels), Tensor.ALIGNMENT);
    WinogradFilters packed = new WinogradFilters(spec, channels, lanes, memory);
    double[][] transform = outerProduct(formula.filterTransform());
    Workers workers = host.workers();
    for (VectorGroups.Group group : groups) {
      workers.run(spec.ic(), input -> packed.transform(weight, transform, group, input));
    }
    return packed;
  }

  /** The transform as one matrix of {@code products × taps}. */
  private static double[][] outerProduct(double[][] g) {
    double[][] outer = new double[g.length * g.length][TAPS];
    for (int product = 0; product < outer.length; product++) {
      for (int tap = 0; tap < TAPS; tap++) {
        outer[product][tap] =
            g[product / g.length][tap / Winograd.TAPS] * g[product % g.length][tap % Winograd.TAPS];
      }
    }
    return outer;
  }

  private void transform(Tensor weight, double[][] transform, VectorGroups.Group group, int input) {
    int width = group.vectors() * lanes;
    int first = group.first() * lanes;
    int count = Math.min(width, spec.oc() - first);
    double[] filter = new double[TAPS];
    for (int channel = 0; channel < count; channel++) {
      long from = ((long) (first + channel) * spec.ic() + input) * TAPS;
      for (int tap = 0; tap < TAPS; tap++) {
        filter[tap] = weight.get(from + tap);
      }
      for (int product = 0; product < transform.length; product++) {
        double sum = 0;
        for (int tap = 0; tap < TAPS; tap++) {
          sum += transform[product][tap] * filter[tap];
        }
        memory.setAtIndex(
            FLOAT, offset(product, group) + (long) input * width + channel, (float) sum);
      }
    }
  }

  private long offset(int product, VectorGroups.Group group) {
    return (long) spec.ic() * ((long) product * channels + group.first() * (long) lanes);
  }

  /** Address of the filters of one product and group. */
  long address(int product, VectorGroups.Group group) {
    return memory.address() + offset(product, group) * Float.BYTES;
  }

  long bytes() {
    return memory.byteSize();
  }
}
