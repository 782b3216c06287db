// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Window;
import org.jspecify.annotations.Nullable;

/**
 * A pad that becomes padding of the window behind it: zeros before a convolution or a mean, −∞
 * before a maximum, along height and width. Ceil mode asks where the input itself ends, so a pool
 * in ceil mode keeps its pad.
 */
final class PadMerging {
  private PadMerging() {}

  /** The layer that does the pad's work too; null where there is none. */
  static @Nullable Layer merge(Layer layer, Pad pad) {
    if (!isSpatial(pad)) {
      return null;
    }
    return switch (layer) {
      case Conv2d conv when pad.value() == 0 -> {
        Window window = merge(conv.window(), pad);
        yield window == null ? null : new Conv2d(conv.oc(), window, conv.groups(), conv.bias());
      }
      case AvgPool2d pool when pad.value() == 0 && !pool.ceilMode() -> {
        // Zeros that the pad put there count as elements; the pool's own padding need not.
        boolean countsAll = pool.countIncludePad() || !pool.window().hasPadding();
        Window window = poolWindow(pool.window(), pad);
        yield countsAll && window != null ? new AvgPool2d(window, false, true) : null;
      }
      case MaxPool2d pool when pad.value() == Float.NEGATIVE_INFINITY && !pool.ceilMode() -> {
        Window window = poolWindow(pool.window(), pad);
        yield window == null ? null : new MaxPool2d(window);
      }
      default -> null;
    };
  }

  private static boolean isSpatial(Pad pad) {
    return pad.mode() == Pad.Mode.CONSTANT
        && pad.before().size() == 4
        && pad.before().get(0) + pad.after().get(0) == 0
        && pad.before().get(1) + pad.after().get(1) == 0;
  }

  /** Null where a sum is no int. */
  private static @Nullable Window merge(Window window, Pad pad) {
    long top = (long) window.padTop() + pad.before().get(2);
    long left = (long) window.padLeft() + pad.before().get(3);
    long bottom = (long) window.padBottom() + pad.after().get(2);
    long right = (long) window.padRight() + pad.after().get(3);
    long most = Math.max(Math.max(top, left), Math.max(bottom, right));
    return most > Integer.MAX_VALUE
        ? null
        : window.pad((int) top, (int) left, (int) bottom, (int) right);
  }

  /** A pool's padding must be less than its window. */
  private static @Nullable Window poolWindow(Window window, Pad pad) {
    Window merged = merge(window, pad);
    boolean fits =
        merged != null
            && Math.max(merged.padTop(), merged.padBottom()) < merged.extentH()
            && Math.max(merged.padLeft(), merged.padRight()) < merged.extentW();
    return fits ? merged : null;
  }
}
