// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.layer.ConvSpec;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.DeviceFacts;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A sum over input channels and taps for all output channels and positions, as {@code conv_gemm.cl}
 * computes it: {@code y[o, s] = bias[o] + Σ w[o, c, t] · x[c, s + offset[t]]}, for each image and
 * group.
 *
 * @param images how many
 * @param groups of an image
 * @param ic input channels of a group
 * @param oc output channels of a group
 * @param channel elements from one input channel to the next
 * @param positions from the first to the last
 * @param columns positions from one row to the next
 * @param oh rows of the output
 * @param ow columns of the output; positions beyond them are not stored
 * @param offsets of each tap
 */
record Gemm(
    long images,
    long groups,
    long ic,
    long oc,
    long channel,
    long positions,
    long columns,
    long oh,
    long ow,
    List<Long> offsets) {
  Gemm {
    offsets = List.copyOf(offsets);
  }

  /** A convolution over its planes. */
  static Gemm of(Planes planes) {
    ConvSpec spec = planes.spec();
    return new Gemm(
        spec.n(),
        spec.groups(),
        spec.icPerGroup(),
        spec.ocPerGroup(),
        planes.channel(),
        planes.positions(),
        planes.columns(),
        spec.oh(),
        spec.ow(),
        planes.offsets());
  }

  /** Products of a sum. */
  long reduction() {
    return ic * offsets.size();
  }

  GemmTile tile(DeviceFacts facts) {
    return GemmTile.of(oc, positions, facts);
  }

  /** A weight: {@code [oc of all groups, reduction]}. */
  @FunctionalInterface
  interface WeightSource {
    float at(long oc, long k);
  }

  /**
   * Weights as {@code [groups, blocks, ic, taps, channels of a tile]}, so that a work-item reads a
   * run of memory; zero where a group has no channel.
   */
  ClBuffer pack(WeightSource weights, StepBuilder builder) {
    return pack(groups, oc, reduction(), tile(builder.facts()).channels(), weights, builder);
  }

  /** The same for tiles of so many channels. */
  static ClBuffer pack(
      long groups,
      long oc,
      long reduction,
      int channels,
      WeightSource weights,
      StepBuilder builder) {
    long blocks = Math.ceilDiv(oc, (long) channels);
    return builder.packed(
        groups * blocks * reduction * channels,
        target -> {
          for (long o = 0; o < groups * oc; o++) {
            long inGroup = o % oc;
            long block = o / oc * blocks + inGroup / channels;
            long to = block * reduction * channels + inGroup % channels;
            for (long k = 0; k < reduction; k++) {
              target.setAtIndex(ValueLayout.JAVA_FLOAT, to + k * channels, weights.at(o, k));
            }
          }
        });
  }

  /**
   * Enqueues it.
   *
   * @param operands adds input and output to the arguments
   * @param weights as {@link #pack} makes them
   * @param bias of all output channels
   * @param epilogue adds what is fused behind
   */
  void launch(
      StepBuilder builder,
      UnaryOperator<LaunchBuilder> operands,
      ClBuffer weights,
      ClBuffer bias,
      UnaryOperator<LaunchBuilder> epilogue) {
    GemmTile tile = tile(builder.facts());
    long blocks = Math.ceilDiv(oc, tile.channels());
    long tiles = Math.ceilDiv(positions, (long) tile.positions());
    boolean gaps = positions != oh * ow;
    boolean moreWeights = oc * reduction() > images * ic * channel;
    LaunchBuilder launch =
        builder
            .launch("conv_gemm")
            .define("CHANNELS", tile.channels())
            .define("LANES", tile.lanes())
            .define("VECTORS", tile.vectors())
            .define("GAPS", gaps ? 1 : 0)
            .define("TILES_FIRST", moreWeights ? 1 : 0);
    LaunchBuilder rest =
        operands
            .apply(launch)
            .buffer(weights)
            .buffer(bias)
            .buffer(builder.table(offsets))
            .indices(groups, ic, oc, offsets.size())
            .indices(channel, positions, columns, oh, ow)
            .indices(blocks, tiles)
            .tiles(
                blocks * groups * tiles * images, reduction() * tile.channels() * tile.positions());
    epilogue.apply(rest).add();
  }
}
