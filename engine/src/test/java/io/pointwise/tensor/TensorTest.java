// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tensor;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorTest {
  @Test
  void holdsACopyOfItsValues() {
    float[] values = {1, 2, 3, 4, 5, 6};
    Tensor tensor = Tensor.of(Shape.of(2, 3), values);
    values[0] = 9;
    assertEquals(1, tensor.get(0));
    assertEquals(6, tensor.get(5));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, tensor.toArray());
    assertEquals("Tensor[2×3]", tensor.toString());
  }

  @Test
  void beginsWithZeros() {
    assertArrayEquals(new float[12], Tensor.zeros(Shape.of(3, 4)).toArray());
  }

  @Test
  void isWritable() {
    Tensor tensor = Tensor.zeros(Shape.of(4));
    tensor.set(2, -0.5f);
    assertArrayEquals(new float[] {0, 0, -0.5f, 0}, tensor.toArray());
  }

  @Property(tries = 50)
  void isAlignedToACacheLineWhateverItsSize(@ForAll @IntRange(max = 300) int elements) {
    MemorySegment memory = Tensor.zeros(Shape.of(elements)).memory();
    assertEquals(0, memory.address() % Tensor.ALIGNMENT);
    assertEquals(4L * elements, memory.byteSize());
  }

  @Test
  void mayBeEmpty() {
    assertEquals(0, Tensor.zeros(Shape.of(0, 3)).toArray().length);
    assertEquals(0, Tensor.of(Shape.of(2, 0)).memory().byteSize());
  }

  @Test
  void ofAScalarHoldsOneValue() {
    assertEquals(7, Tensor.of(Shape.of(), 7).get(0));
  }

  @Test
  void refusesAWrongNumberOfValues() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(Shape.of(2, 3), 1, 2, 3, 4))
            .getMessage();
    assertEquals("tensor of shape 2×3 needs 6 values, got 4", message);
  }

  @Test
  void refusesToReadOutsideItself() {
    Tensor tensor = Tensor.zeros(Shape.of(4));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(4));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.set(4, 0));
  }

  @Test
  void sharesItsMemoryWithAReshapedView() {
    Tensor tensor = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Tensor column = tensor.reshape(Shape.of(6, 1));
    column.set(5, 60);
    assertEquals(60, tensor.get(5));
    assertEquals(Shape.of(6, 1), column.shape());
    assertSame(tensor.memory(), column.memory());
  }

  @Test
  void refusesAViewOfAnotherSize() {
    Tensor tensor = Tensor.zeros(Shape.of(2, 3));
    String message =
        assertThrows(IllegalArgumentException.class, () -> tensor.reshape(Shape.of(7)))
            .getMessage();
    assertEquals("cannot see shape 2×3 (6 elements) as 7", message);
  }

  @Test
  void isSeenOverExistingMemoryWithoutACopy() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate(24, Tensor.ALIGNMENT);
      Tensor tensor = Tensor.over(Shape.of(6), memory);
      tensor.set(1, 5);
      assertSame(memory, tensor.memory());
    }
  }

  @Test
  void refusesMemoryOfAnotherSizeOrAlignmentOrOnTheHeap() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate(128, Tensor.ALIGNMENT);
      assertRefusedOver(memory.asSlice(0, 20));
      assertRefusedOver(memory.asSlice(0, 28));
      assertRefusedOver(memory.asSlice(4, 24));
      assertRefusedOver(memory.asSlice(32, 24));
      assertRefusedOver(MemorySegment.ofArray(new float[6]));
    }
  }

  private static void assertRefusedOver(MemorySegment memory) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Tensor.over(Shape.of(6), memory))
                .getMessage());
    assertTrue(message.contains("shape 6 needs 24 bytes"), message);
    assertTrue(message.contains("aligned to 64"), message);
  }

  @Test
  void diesWithTheArenaOfItsMemory() {
    Tensor tensor;
    try (Arena arena = Arena.ofShared()) {
      tensor = Tensor.zeros(Shape.of(4), arena);
    }
    assertThrows(IllegalStateException.class, () -> tensor.get(0));
  }

  /** Over a sparse file, of which only the touched pages take up room. */
  @Test
  void reachesElementsBeyondTwoToTheThirtyOne(@TempDir Path folder) throws IOException {
    Shape shape = Shape.of(3, 1 << 15, 1 << 15);
    long last = shape.elements() - 1;
    assertTrue(last > Integer.MAX_VALUE);
    try (Arena arena = Arena.ofShared();
        FileChannel file =
            FileChannel.open(folder.resolve("large"), CREATE_NEW, SPARSE, READ, WRITE)) {
      Tensor tensor = Tensor.over(shape, file.map(MapMode.READ_WRITE, 0, shape.bytes(), arena));
      tensor.set(last, 2);
      tensor.set(last - (1L << 32) / Float.BYTES, 3);
      assertEquals(2, tensor.get(last));
      assertEquals(3, tensor.get(last - (1L << 30)));
      assertEquals(0, tensor.get(last - 1));
      assertEquals(2, tensor.reshape(Shape.of(1 << 15, 3 << 15)).get(last));
      assertThrows(IllegalStateException.class, tensor::toArray);
    }
  }

  @Test
  void refusesMemoryThatOnlyOneThreadMayTouch() {
    try (Arena confined = Arena.ofConfined()) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class, () -> Tensor.zeros(Shape.of(2, 3), confined));
      assertEquals(
          "tensor of shape 2×3: its arena is confined to one thread; use a shared one",
          refused.getMessage());
    }
  }
}
