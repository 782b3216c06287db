// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which a convolution's products are summed when channels are lanes: the loops over
 * its input, and the weights in the order in which these loops ask for them.
 */
final class ConvReduction {
  /** Products that are written out in the body where it is ours to choose. */
  private static final int UNROLLED = 8;

  private final ConvSpec spec;
  private final Planes input;
  private final long vectorStep;
  private final List<Reduction.Nest> nests = new ArrayList<>();

  private ConvReduction(ConvSpec spec, Planes input, long vectorStep) {
    this.spec = spec;
    this.input = input;
    this.vectorStep = vectorStep;
  }

  /**
   * The loops.
   *
   * @param input with its padding
   * @param vectorStep bytes of the weights of one step
   */
  static Reduction of(ConvSpec spec, Planes input, long vectorStep) {
    ConvReduction made = new ConvReduction(spec, input, vectorStep);
    int channels = spec.icPerGroup();
    if (input.block() > 1) {
      int whole = channels / input.block();
      made.add(whole, input.plane(), true, input.block(), Float.BYTES);
      made.add(1, 0, true, channels % input.block(), Float.BYTES);
    } else if (spec.window().taps() == 1) {
      made.add(channels / UNROLLED, UNROLLED * input.plane(), false, UNROLLED, input.plane());
      made.add(1, 0, false, channels % UNROLLED, input.plane());
    } else {
      made.addRows(channels);
    }
    return new Reduction(made.nests);
  }

  /**
   * Where each product's weight is among those of one output channel, in the order of the loops.
   */
  static int[] order(ConvSpec spec, Planes input) {
    int taps = Math.toIntExact(spec.window().taps());
    int channels = spec.icPerGroup();
    int[] order = new int[Math.toIntExact(spec.reduction())];
    int at = 0;
    for (int first = 0; first < channels; first += input.block()) {
      for (int tap = 0; tap < taps; tap++) {
        for (int c = first; c < Math.min(channels, first + input.block()); c++) {
          order[at++] = c * taps + tap;
        }
      }
    }
    return order;
  }

  /** Planes, then rows and columns of the window, then {@code steps} products. */
  private void add(long planes, long planeStep, boolean taps, int steps, long step) {
    if (planes == 0 || steps == 0) {
      return;
    }
    List<Reduction.Loop> loops = new ArrayList<>();
    Window window = spec.window();
    long vectors = steps * vectorStep;
    int kh = taps ? window.kh() : 1;
    int kw = taps ? window.kw() : 1;
    loops.add(new Reduction.Loop(planes, planeStep, kw * vectors * kh));
    if (kh > 1) {
      loops.add(new Reduction.Loop(kh, window.dilationH() * input.row(), kw * vectors));
    }
    if (kw > 1) {
      loops.add(new Reduction.Loop(kw, window.dilationW() * input.position(), vectors));
    }
    nests.add(new Reduction.Nest(loops, steps, step, vectorStep));
  }

  /** NCHW: channels, rows of the window, and a row's products in the body. */
  private void addRows(int channels) {
    Window window = spec.window();
    long row = window.kw() * vectorStep;
    nests.add(
        new Reduction.Nest(
            List.of(
                new Reduction.Loop(channels, input.plane(), window.kh() * row),
                new Reduction.Loop(window.kh(), window.dilationH() * input.row(), row)),
            window.kw(),
            window.dilationW() * input.position(),
            vectorStep));
  }
}
