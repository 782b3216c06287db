// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

/**
 * How {@link Resize} finds the value between elements (ONNX Resize).
 *
 * @param mode nearest element, or a sum of neighbours
 * @param coordinates how an output index becomes a place in the input
 * @param rounding which element is nearest; for {@link Mode#NEAREST}
 * @param cubic the coefficient a of the cubic kernel (Keys, 1981); for {@link Mode#CUBIC}
 * @param excludeOutside whether neighbours outside the input count for nothing and the others are
 *     scaled up; else they are the nearest element at the border
 * @param antialias whether the kernel is stretched where the output is smaller, so that every
 *     element counts
 */
public record Resampling(
    Mode mode,
    Coordinates coordinates,
    Rounding rounding,
    float cubic,
    boolean excludeOutside,
    boolean antialias) {
  /** What is summed. */
  public enum Mode {
    NEAREST,
    LINEAR,
    CUBIC
  }

  /**
   * The place {@code x} in the input for index {@code i} of the output, {@code s} being the scale.
   */
  public enum Coordinates {
    /** {@code (i + 1/2)/s − 1/2}. */
    HALF_PIXEL,
    /** As half-pixel, but shifted so that the output is centred over the input. */
    HALF_PIXEL_SYMMETRIC,
    /** As half-pixel, but 0 for an output of one element. */
    PYTORCH_HALF_PIXEL,
    /** {@code i·(input − 1)/(output − 1)}: the ends meet. */
    ALIGN_CORNERS,
    /** {@code i/s}. */
    ASYMMETRIC,
    /**
     * Between the start and the end of a region of the input; what is outside has a value of its
     * own.
     */
    TF_CROP_AND_RESIZE
  }

  /** Which element is nearest to a place. */
  public enum Rounding {
    /** The lower one at halves. */
    ROUND_PREFER_FLOOR,
    /** The upper one at halves. */
    ROUND_PREFER_CEIL,
    FLOOR,
    CEIL
  }

  public Resampling {
    Check.finite("resize cubic coefficient", cubic);
  }

  /** The nearest element, as {@code UpSample} of old: {@code ⌊i/s⌋}. */
  public static Resampling nearest() {
    return new Resampling(
        Mode.NEAREST, Coordinates.ASYMMETRIC, Rounding.FLOOR, -0.75f, false, false);
  }
}
