// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static jcuda.driver.JCudaDriver.cuMemAllocHost;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import jcuda.Pointer;

/** Page-locked host memory, which copies read and write when the stream gets there. */
final class PinnedFloats {
  final Pointer pointer = new Pointer();
  final FloatBuffer values;

  PinnedFloats(float... initial) {
    long bytes = (long) initial.length * Float.BYTES;
    check(cuMemAllocHost(pointer, bytes));
    values = pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    values.put(0, initial);
  }

  long bytes() {
    return (long) values.capacity() * Float.BYTES;
  }
}
