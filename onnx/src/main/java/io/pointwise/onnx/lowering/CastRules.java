// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.onnx.lowering.Value.Computed;
import io.pointwise.onnx.lowering.Value.Known;
import java.util.List;

/** {@code Cast}: exact for known tensors; at run time as float32 carries the types. */
final class CastRules {
  private CastRules() {}

  static List<Operator> all() {
    return List.of(Operator.of("Cast", Types.ANY, CastRules::cast, "to", "saturate", "round_mode"));
  }

  private static Value cast(Call call) {
    long given = call.attributes().integer("to", 0);
    int code = Math.clamp(given, Integer.MIN_VALUE, Integer.MAX_VALUE);
    ElementType to =
        ElementType.ofCode(code)
            .orElseThrow(
                () ->
                    call.unsupported(
                        "attribute to is "
                            + given
                            + " ("
                            + ElementType.labelOf(code)
                            + "), which is not supported"));
    return switch (call.input()) {
      case Known known -> new Known(cast(known.tensor(), to));
      case Computed computed -> cast(call, computed, to);
    };
  }

  /** Towards 0 from numbers to integers; to fewer bits as two's complement does. */
  private static TypedTensor cast(TypedTensor tensor, ElementType to) {
    if (tensor.type() == to) {
      return tensor;
    }
    if (to.isFloat() && tensor.type().isFloat()) {
      return TypedTensor.ofFloats(to, tensor.toTensor());
    }
    int count = Math.toIntExact(tensor.shape().elements());
    if (to.isFloat() || to == ElementType.DOUBLE) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = tensor.value(i);
      }
      return TypedTensor.of(to, tensor.shape(), values);
    }
    boolean whole = tensor.type().isInteger() || tensor.type() == ElementType.BOOL;
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      if (to == ElementType.BOOL) {
        values[i] = tensor.value(i) != 0 ? 1 : 0;
      } else {
        values[i] = narrow(whole ? tensor.integer(i) : (long) tensor.value(i), to);
      }
    }
    return TypedTensor.of(to, tensor.shape(), values);
  }

  private static long narrow(long value, ElementType to) {
    int unused = Long.SIZE - to.bytes() * Byte.SIZE;
    return to.isSigned() ? value << unused >> unused : value << unused >>> unused;
  }

  private static Value cast(Call call, Computed x, ElementType to) {
    if (to == ElementType.BOOL && x.type() != ElementType.BOOL) {
      return call.map(new ActivationFunction.NotZero(), to, x);
    }
    if (!to.isInteger() || x.type() == ElementType.BOOL) {
      return new Computed(x.name(), x.shape(), to);
    }
    Value whole = x.type().isInteger() ? x : call.map(new ActivationFunction.Truncate(), to, x);
    boolean narrower = !x.type().isInteger() || !holds(to, x.type());
    return narrower
        ? call.map(
            new ActivationFunction.WrapInteger(to.bytes() * Byte.SIZE, to.isSigned()), to, whole)
        : new Computed(x.name(), x.shape(), to);
  }

  /** Whether every number of the second type is one of the first. */
  private static boolean holds(ElementType wide, ElementType narrow) {
    return wide.isSigned() == narrow.isSigned()
        ? wide.bytes() >= narrow.bytes()
        : wide.isSigned() && wide.bytes() > narrow.bytes();
  }
}
