// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tensor;

/**
 * How the elements of an activation lie in a device's memory.
 *
 * <ul>
 *   <li>{@link #NCHW}: row-major in the order of the shape; the layout of the API, and the only one
 *       for tensors that are not of rank 4.
 *   <li>{@link #NHWC}: channels innermost.
 *   <li>{@link #blocked NCHWc}: channels in blocks of {@code block}, {@code [n, ⌈c/block⌉, h, w,
 *       block]}; the last block is padded. What is in the padding is arbitrary, NaN too: no result
 *       may depend on it.
 * </ul>
 *
 * @param block channels in a block; 1 for the unblocked orders
 */
public record Layout(Order order, int block) {
  /** The order of the dimensions, outermost first. */
  public enum Order {
    NCHW,
    NHWC,
    NCHWC
  }

  public static final Layout NCHW = new Layout(Order.NCHW, 1);
  public static final Layout NHWC = new Layout(Order.NHWC, 1);

  public Layout {
    if (block < 1 || (order != Order.NCHWC && block != 1)) {
      throw new IllegalArgumentException("layout " + order + ": block of " + block + " channels");
    }
  }

  /** NCHWc with {@code block} channels innermost. */
  public static Layout blocked(int block) {
    return new Layout(Order.NCHWC, block);
  }

  /**
   * Elements that a tensor of this shape occupies, padding of channel blocks included.
   *
   * @throws IllegalArgumentException if the padding makes it larger than any shape may be
   */
  public long elements(Shape shape) {
    if (order != Order.NCHWC) {
      return shape.elements();
    }
    requireRank4(shape);
    int blocks = Math.ceilDiv(shape.dim(1), block);
    return Shape.of(shape.dim(0), blocks, shape.dim(2), shape.dim(3), block).elements();
  }

  public long bytes(Shape shape) {
    return elements(shape) * Float.BYTES;
  }

  /** Position, in elements, of {@code [n, c, h, w]} in a tensor of this shape (rank 4). */
  public long index(Shape shape, int n, int c, int h, int w) {
    requireRank4(shape);
    long channels = shape.dim(1);
    long height = shape.dim(2);
    long width = shape.dim(3);
    return switch (order) {
      case NCHW -> ((n * channels + c) * height + h) * width + w;
      case NHWC -> ((n * height + h) * width + w) * channels + c;
      case NCHWC -> {
        long blocks = Math.ceilDiv(channels, (long) block);
        yield (((n * blocks + c / block) * height + h) * width + w) * block + c % block;
      }
    };
  }

  private void requireRank4(Shape shape) {
    if (shape.rank() != 4) {
      throw new IllegalArgumentException(
          "layout " + this + " is for shapes of rank 4, got " + shape);
    }
  }

  @Override
  public String toString() {
    return order == Order.NCHWC ? "NCHW" + block + "c" : order.name();
  }
}
