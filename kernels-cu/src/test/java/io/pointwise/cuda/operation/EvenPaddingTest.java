// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import org.junit.jupiter.api.Test;

/** With padding that is the same on both sides, a convolution has the same windows as before. */
final class EvenPaddingTest {
  private static ConvSpec spec(int size, Window window) {
    return new ConvSpec(1, 1, size, size, 1, window, 1, false);
  }

  @Test
  void everyPaddingHasItsWindows() {
    int seen = 0;
    for (int size = 3; size <= 9; size++) {
      for (int kernel = 1; kernel <= 3; kernel++) {
        for (int stride = 1; stride <= 3; stride++) {
          for (int before = 0; before <= 4; before++) {
            for (int behind = 0; behind <= 4; behind++) {
              Window window =
                  Window.square(kernel).stride(stride).pad(before, before, behind, behind);
              requireSameWindows(spec(size, window));
              seen++;
            }
          }
        }
      }
    }
    assertEquals(7 * 3 * 3 * 5 * 5, seen);
  }

  private static void requireSameWindows(ConvSpec spec) {
    EvenPadding padding = EvenPadding.of(spec);
    Window even = padding.window();
    assertEquals(even.padTop(), even.padBottom(), spec::toString);
    assertEquals(even.padLeft(), even.padRight(), spec::toString);
    // As cuDNN counts them.
    ConvSpec padded = new ConvSpec(1, 1, padding.ih(), padding.iw(), 1, even, 1, false);
    assertEquals(spec.oh(), padded.oh(), spec::toString);
    assertEquals(spec.ow(), padded.ow(), spec::toString);
    // The first window begins as far before the input's first element.
    assertEquals(spec.window().padTop(), even.padTop() + padding.top(), spec::toString);
    assertEquals(spec.window().padLeft(), even.padLeft() + padding.left(), spec::toString);
    assertTrue(padding.ih() >= spec.ih() + padding.top(), spec::toString);
    assertTrue(padding.iw() >= spec.iw() + padding.left(), spec::toString);
  }

  @Test
  void evenPaddingIsLeftToCudnn() {
    ConvSpec spec = spec(8, Window.square(3).pad(1));
    assertTrue(EvenPadding.of(spec).isInput(spec));
  }

  @Test
  void aFarEndThatIsNotReadCostsNothing() {
    // Rows −1 to 7 are read, with or without a row behind them.
    ConvSpec spec = spec(8, Window.square(3).stride(2).pad(1, 1, 0, 0));
    assertTrue(EvenPadding.of(spec).isInput(spec));
  }

  @Test
  void aFarEndThatIsReadIsPutThere() {
    ConvSpec spec = spec(8, Window.square(3).stride(2).pad(0, 0, 1, 1));
    EvenPadding padding = EvenPadding.of(spec);
    assertFalse(padding.isInput(spec));
    assertEquals(9, padding.ih());
    assertEquals(0, padding.top());
  }
}
