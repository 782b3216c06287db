// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.subject;

import io.pointwise.cli.bench.Workload;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Layers of the kinds of the reference suite with sizes that nobody chose: for each kind one of
 * batch 8, one of odd sizes, one of few channels and one of stride 2. They show whether what holds
 * for the fifteen holds beside them.
 */
public final class OtherLayers {
  private static final int BATCH = 8;

  /** Enough for a time that can be measured, and little enough for one that is soon over. */
  private static final long MOST_MACS = 300_000_000;

  private static final List<Integer> SIZES = List.of(7, 14, 28, 56);

  private enum Kind {
    POINTWISE,
    THREE,
    LARGE,
    DEPTHWISE
  }

  private enum Twist {
    BATCH_8,
    ODD,
    FEW_CHANNELS,
    STRIDE_2
  }

  private final SplittableRandom random;

  private OtherLayers(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The same seed gives the same layers. */
  public static List<Workload> of(long seed) {
    OtherLayers layers = new OtherLayers(seed);
    List<Workload> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Twist twist : Twist.values()) {
        all.add(Workload.of(layers.draw(kind, twist)));
      }
    }
    return all;
  }

  /** Draws until the layer is no more work than it may be. */
  private ConvSpec draw(Kind kind, Twist twist) {
    ConvSpec spec;
    do {
      spec = any(kind, twist);
    } while (spec.macs() > MOST_MACS);
    return spec;
  }

  private ConvSpec any(Kind kind, Twist twist) {
    int k =
        switch (kind) {
          case POINTWISE -> 1;
          case THREE, DEPTHWISE -> 3;
          case LARGE -> random.nextBoolean() ? 5 : 7;
        };
    Window window = Window.square(k).padSame();
    int ic = channels(twist);
    int oc = kind == Kind.DEPTHWISE ? ic : channels(twist);
    int size = twist == Twist.ODD ? odd(9, 57) : SIZES.get(random.nextInt(SIZES.size()));
    return new ConvSpec(
        twist == Twist.BATCH_8 ? BATCH : 1,
        ic,
        size,
        twist == Twist.ODD ? odd(9, 57) : size,
        oc,
        twist == Twist.STRIDE_2 ? window.stride(2) : window,
        kind == Kind.DEPTHWISE ? ic : 1,
        true);
  }

  private int channels(Twist twist) {
    return switch (twist) {
      case ODD -> odd(17, 255);
      case FEW_CHANNELS -> random.nextInt(2, 13);
      case BATCH_8, STRIDE_2 -> 16 * random.nextInt(1, 33);
    };
  }

  /** An odd number from {@code least}, odd itself, to {@code most}. */
  private int odd(int least, int most) {
    return least + 2 * random.nextInt((most - least) / 2 + 1);
  }
}
