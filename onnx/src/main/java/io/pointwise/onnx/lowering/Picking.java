// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;

/** Makes a tensor of elements picked from others of one type, without changing a bit of them. */
final class Picking {
  private Picking() {}

  /** Where in the chosen tensor output element {@code i} lies. */
  interface Place {
    long of(long i, int tensor);
  }

  /** The single element of a tensor, everywhere. */
  static TypedTensor fill(TypedTensor single, Shape output) {
    ElementType type = single.type();
    if (type.isFloat()) {
      Tensor filled = Tensor.zeros(output);
      fill(filled.memory(), single.toTensor().get(0));
      return TypedTensor.ofFloats(type, filled);
    }
    if (type == ElementType.DOUBLE) {
      double[] filled = new double[(int) output.elements()];
      Arrays.fill(filled, single.value(0));
      return TypedTensor.of(type, output, filled);
    }
    long[] filled = new long[(int) output.elements()];
    Arrays.fill(filled, single.integer(0));
    return TypedTensor.of(type, output, filled);
  }

  /** By doubling what is filled already. */
  private static void fill(MemorySegment memory, float value) {
    if (memory.byteSize() == 0 || Float.floatToRawIntBits(value) == 0) {
      return;
    }
    memory.set(ValueLayout.JAVA_FLOAT, 0, value);
    for (long done = Float.BYTES; done < memory.byteSize(); done *= 2) {
      long next = Math.min(done, memory.byteSize() - done);
      MemorySegment.copy(memory, 0, memory, done, next);
    }
  }

  /** Each output element from the place that {@code place} says. */
  static TypedTensor from(TypedTensor tensor, Shape output, LongUnaryOperator place) {
    return from(List.of(tensor), output, _ -> 0, (i, _) -> place.applyAsLong(i));
  }

  /** Each output element from the tensor and the place that the functions say. */
  static TypedTensor from(
      List<TypedTensor> tensors, Shape output, LongToIntFunction which, Place place) {
    ElementType type = tensors.getFirst().type();
    long count = output.elements();
    if (type.isFloat()) {
      Tensor picked = Tensor.zeros(output);
      for (long i = 0; i < count; i++) {
        int k = which.applyAsInt(i);
        picked.set(i, tensors.get(k).toTensor().get(place.of(i, k)));
      }
      return TypedTensor.ofFloats(type, picked);
    }
    if (type == ElementType.DOUBLE) {
      double[] picked = new double[(int) count];
      for (int i = 0; i < count; i++) {
        int k = which.applyAsInt(i);
        picked[i] = tensors.get(k).value(place.of(i, k));
      }
      return TypedTensor.of(type, output, picked);
    }
    long[] picked = new long[(int) count];
    for (int i = 0; i < count; i++) {
      int k = which.applyAsInt(i);
      picked[i] = tensors.get(k).integer(place.of(i, k));
    }
    return TypedTensor.of(type, output, picked);
  }
}
