// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.kernel.Place;

/**
 * Copies images into a frame of another size: zeros where it is larger, cut where it is smaller.
 *
 * @param images how many
 * @param ih rows of an image
 * @param iw columns of an image
 * @param oh rows of the frame
 * @param ow columns of the frame
 * @param top rows of the frame above the image; negative for rows that are cut off
 * @param left columns of the frame on the image's left; negative for columns that are cut off
 */
record Framing(long images, int ih, int iw, int oh, int ow, int top, int left) {
  /** Elements of all frames. */
  long elements() {
    return images * oh * ow;
  }

  void add(StepBuilder builder, Place from, Place to) {
    builder
        .launch("frame")
        .place(from)
        .place(to)
        .indices(ih, iw, oh, ow, top, left)
        .items(elements())
        .add();
  }
}
