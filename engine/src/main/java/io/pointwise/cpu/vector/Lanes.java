// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of this machine.
 *
 * <p>There are no helpers here for loads and stores, on purpose: past a number of nodes in a method
 * (-XX:NodeCountInliningCutoff) C2 inlines only methods that the JDK marks as forced, and the
 * vectors of a load that is not inlined are boxed.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int LENGTH = SPECIES.length();

  /** Bytes in a vector. */
  static final long BYTES = SPECIES.vectorByteSize();

  static final ByteOrder ORDER = ByteOrder.nativeOrder();
  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private Lanes() {}

  /** The first {@code count} lanes. */
  static VectorMask<Float> first(long count) {
    return SPECIES.indexInRange(0, count);
  }

  static long roundUp(long floats) {
    return Math.ceilDiv(floats, (long) LENGTH) * LENGTH;
  }
}
