// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A host tensor: float32, dense, row-major in the order of its {@link Shape}, in off-heap memory
 * aligned to {@value #ALIGNMENT} bytes.
 *
 * <p>Offsets are {@code long}s, so tensors of more than 2³¹ elements work. Memory from {@link
 * #zeros(Shape)} and {@link #of} is released when the tensor becomes unreachable; {@link
 * #zeros(Shape, Arena)} leaves that to the caller's arena. Reads and writes are not synchronised.
 */
public final class Tensor {
  /** Alignment of tensor memory in bytes: one cache line, and one AVX-512 vector. */
  public static final int ALIGNMENT = 64;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final Shape shape;
  private final MemorySegment memory;

  private static final Thread ANY_OTHER = Thread.ofPlatform().unstarted(() -> {});

  private Tensor(Shape shape, MemorySegment memory) {
    if (!memory.isAccessibleBy(ANY_OTHER)) {
      throw new IllegalArgumentException(
          "tensor of shape " + shape + ": its arena is confined to one thread; use a shared one");
    }
    this.shape = shape;
    this.memory = memory;
  }

  /** A tensor of zeros whose memory lives as long as the tensor is reachable. */
  public static Tensor zeros(Shape shape) {
    return zeros(shape, Arena.ofAuto());
  }

  /** A tensor of zeros whose memory lives as long as {@code arena}. */
  public static Tensor zeros(Shape shape, Arena arena) {
    return new Tensor(shape, arena.allocate(shape.bytes(), ALIGNMENT));
  }

  /**
   * A tensor that holds a copy of {@code values}.
   *
   * @throws IllegalArgumentException if their number is not {@code shape.elements()}
   */
  public static Tensor of(Shape shape, float... values) {
    if (values.length != shape.elements()) {
      throw new IllegalArgumentException(
          "tensor of shape "
              + shape
              + " needs "
              + shape.elements()
              + " values, got "
              + values.length);
    }
    Tensor tensor = zeros(shape);
    MemorySegment.copy(values, 0, tensor.memory, FLOAT, 0, values.length);
    return tensor;
  }

  /**
   * A tensor over existing memory, without a copy.
   *
   * @param memory native memory of exactly {@code shape.bytes()} bytes, aligned to {@value
   *     #ALIGNMENT}
   * @throws IllegalArgumentException if size or alignment differ, or the memory is on the heap
   */
  public static Tensor over(Shape shape, MemorySegment memory) {
    if (!memory.isNative()
        || memory.byteSize() != shape.bytes()
        || memory.address() % ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "tensor of shape "
              + shape
              + " needs "
              + shape.bytes()
              + " bytes of native memory aligned to "
              + ALIGNMENT
              + ", got "
              + memory);
    }
    return new Tensor(shape, memory);
  }

  public Shape shape() {
    return shape;
  }

  /** The memory itself: {@code shape().bytes()} bytes. */
  public MemorySegment memory() {
    return memory;
  }

  /** The element at row-major position {@code index}. */
  public float get(long index) {
    return memory.getAtIndex(FLOAT, index);
  }

  public void set(long index, float value) {
    memory.setAtIndex(FLOAT, index, value);
  }

  /** The same memory seen under another shape with as many elements. */
  public Tensor reshape(Shape other) {
    if (other.elements() != shape.elements()) {
      throw new IllegalArgumentException(
          "cannot see shape " + shape + " (" + shape.elements() + " elements) as " + other);
    }
    return new Tensor(other, memory);
  }

  /** A copy of all elements, for tensors that fit a Java array. */
  public float[] toArray() {
    return memory.toArray(FLOAT);
  }

  @Override
  public String toString() {
    return "Tensor[" + shape + "]";
  }
}
