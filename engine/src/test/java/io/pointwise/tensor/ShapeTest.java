// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final BigInteger MOST_BYTES = BigInteger.valueOf(Long.MAX_VALUE);

  @Test
  void knowsItsDimensionsFromBothEnds() {
    Shape shape = Shape.of(1, 512, 12, 14);
    assertEquals(4, shape.rank());
    assertEquals(512, shape.dim(1));
    assertEquals(14, shape.dim(-1));
    assertEquals(1, shape.dim(-4));
    assertArrayEquals(new int[] {1, 512, 12, 14}, shape.toArray());
  }

  @Test
  void refusesAnAxisOutsideItsRank() {
    Shape shape = Shape.of(2, 3);
    for (int axis : new int[] {2, -3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      String message =
          assertThrows(IndexOutOfBoundsException.class, () -> shape.dim(axis)).getMessage();
      assertEquals("axis " + axis + " of shape 2×3", message);
      assertThrows(IndexOutOfBoundsException.class, () -> shape.with(axis, 1));
    }
  }

  @Test
  void refusesANegativeDimensionAndNamesIt() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Shape.of(1, 3, -7)).getMessage();
    assertEquals("shape [1, 3, -7]: dimension 2 is -7, must be at least 0", message);
  }

  @Test
  void countsMoreThanTwoToTheThirtyOneElements() {
    Shape shape = Shape.of(3, 1 << 10, 1 << 10, 1 << 10);
    assertEquals(3L << 30, shape.elements());
    assertEquals(12L << 30, shape.bytes());
  }

  @Test
  void isLegalUpToTheLastByteThatALongCanCount() {
    int large = 1 << 30;
    // (2^61 − 1) elements are the most: their bytes are 2^63 − 4.
    assertEquals((1L << 60), Shape.of(large, large).elements());
    assertThrows(IllegalArgumentException.class, () -> Shape.of(large, large, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void mayBeEmpty() {
    Shape shape = Shape.of(4, 0, 7);
    assertEquals(0, shape.elements());
    assertEquals(0, shape.bytes());
    assertEquals(4, shape.elements(0, 1));
    assertEquals(7, shape.elements(2, 3));
  }

  @Test
  void cannotHideAnOverflowBehindAZero() {
    assertThrows(IllegalArgumentException.class, () -> Shape.of(0, 1 << 30, 1 << 30, 1 << 30));
  }

  @Test
  void ofNoDimensionsIsAScalarOfOneElement() {
    Shape scalar = Shape.of();
    assertEquals(0, scalar.rank());
    assertEquals(1, scalar.elements());
    assertEquals("scalar", scalar.toString());
  }

  @Test
  void isWrittenAsOneSaysIt() {
    assertEquals("1×512×12×12", Shape.of(1, 512, 12, 12).toString());
    assertEquals("0", Shape.of(0).toString());
  }

  @Test
  void doesNotFollowTheArrayThatItWasMadeOf() {
    int[] dims = {1, 2};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.toArray()[1] = 9;
    assertEquals(Shape.of(1, 2), shape);
  }

  @Test
  void givesAnotherShapeForAnotherDimension() {
    Shape shape = Shape.of(1, 3, 224, 224);
    assertEquals(Shape.of(8, 3, 224, 224), shape.with(0, 8));
    assertEquals(Shape.of(1, 3, 224, 112), shape.with(-1, 112));
    assertEquals(Shape.of(1, 3, 224, 224), shape);
  }

  @Test
  void equalsByDimensions() {
    assertEquals(Shape.of(2, 3), Shape.of(2, 3));
    assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
    assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
    assertNotEquals(Shape.of(2, 3), Shape.of(2, 3, 1));
  }

  @Property
  void productOfARangeTimesTheRestIsTheWhole(
      @ForAll @Size(max = 6) List<@IntRange(max = 20) Integer> dims,
      @ForAll @IntRange(max = 6) int cut) {
    Shape shape = Shape.of(array(dims));
    int at = Math.min(cut, shape.rank());
    assertEquals(shape.elements(), shape.elements(0, at) * shape.elements(at, shape.rank()));
  }

  @Property
  void isRefusedExactlyWhenItsBytesOverflow(
      @ForAll @Size(max = 5) List<@IntRange(min = 1, max = Integer.MAX_VALUE) Integer> dims) {
    BigInteger bytes =
        dims.stream()
            .map(BigInteger::valueOf)
            .reduce(BigInteger.valueOf(Float.BYTES), BigInteger::multiply);
    if (bytes.compareTo(MOST_BYTES) <= 0) {
      assertEquals(bytes.longValueExact(), Shape.of(array(dims)).bytes());
    } else {
      String message =
          String.valueOf(
              assertThrows(IllegalArgumentException.class, () -> Shape.of(array(dims)))
                  .getMessage());
      assertTrue(message.contains(dims.toString()), message);
    }
  }

  private static int[] array(List<Integer> dims) {
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }
}
